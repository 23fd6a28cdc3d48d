import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { parseStoredCredential, verifyPassword } from '../../src/credentials/index.js'
import { KNOWN_ANSWERS, type KnownAnswer } from './known-answers.js'

/** Argon2 with 32 MiB and more: tried once. */
export const isHeavy = (text: string): boolean => /m=\d{5,}/.test(text)

/** One test for each credential, under the program that made it. */
export function testKnownAnswers(take: (answer: KnownAnswer) => boolean = () => true): void {
  const taken = KNOWN_ANSWERS.filter(take)
  for (const source of new Set(taken.map((answer) => answer.source)))
    describe(source, () => {
      for (const answer of taken.filter((each) => each.source === source)) {
        const title = `${answer.scheme} (${answer.format}), ${/^[ -~]*$/.test(answer.password) ? 'ASCII' : 'beyond ASCII'}`
        test(title, () => knownAnswer(answer))
      }
    })
}

async function knownAnswer({ text, password, scheme, format, username }: KnownAnswer): Promise<void> {
  const stored = parseStoredCredential(text)
  assert.equal(stored.scheme, scheme)
  assert.equal(stored.format, format)
  assert.equal(stored.text, text)
  if (scheme === 'otp') {
    assert.deepEqual(stored.serves, ['OTP'])
    return
  }
  assert.ok(stored.serves.includes('password'))
  const fits = (presented: string) => verifyPassword(stored, presented, { username })
  assert.equal(await fits(password), true)
  if (isHeavy(text)) return
  assert.equal(await fits(`x${password}`), false)
  const cut = (stored.significantOctets ?? 10_000) <= new TextEncoder().encode(password).length
  assert.equal(await fits(`${password}x`), cut, 'longer than the password')
}
