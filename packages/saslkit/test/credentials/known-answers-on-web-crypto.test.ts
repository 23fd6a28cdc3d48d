/** One credential of each scheme, over the code that browsers get. */
import '../browser-seams.js'
import assert from 'node:assert/strict'
import { test } from 'node:test'

const { isHeavy, testKnownAnswers } = await import('./known-answer-tests.js')
const { parseStoredCredential, verifyPassword } = await import('../../src/credentials/index.js')
const { KNOWN_ANSWERS } = await import('./known-answers.js')

test('the hashes are those of browsers', async () => {
  assert.equal(await import('#crypto'), await import('../../src/crypto/web.js'))
  assert.equal(await import('#slow-hashes'), await import('../../src/credentials/slow-hashes/web.js'))
})

/** scrypt with 64 MiB. */
const isSlow = (text: string) => isHeavy(text) || text.startsWith('$7$CU')

const seen = new Set<string>()
testKnownAnswers(({ scheme, text }) => {
  if (seen.has(scheme) || isSlow(text)) return false
  seen.add(scheme)
  return true
})

test('Argon2 over 64 MiB is not tried in JavaScript', async () => {
  const answer = KNOWN_ANSWERS.find(({ text }) => /m=\d{6}/.test(text))
  assert.ok(answer)
  const stored = parseStoredCredential(answer.text)
  await assert.rejects(verifyPassword(stored, answer.password), {
    name: 'StoredCredentialError',
    problem: 'unavailable',
  })
})
