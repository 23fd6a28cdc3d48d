import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  allowBroken,
  makeStoredCredential,
  parseStoredCredential,
  verifyPassword,
} from '../../src/credentials/index.js'

const LONGEST = 'ü'.repeat(512)

test('a password of more than 1,024 octets fits nothing, unless more are allowed', async () => {
  for (const [kept, maxLength, fits] of [
    [LONGEST, undefined, true],
    [`${LONGEST}x`, undefined, false],
    [`${LONGEST}x`, 1025, true],
    ['four', 4, true],
    ['fiver', 4, false],
  ] as const) {
    const stored = parseStoredCredential(`{PLAIN}${kept}`)
    assert.equal(await verifyPassword(stored, kept, { maxLength }), fits, `${kept.length}, ${maxLength}`)
  }
})

test('nothing is worked out for the empty password', async () => {
  const stored = parseStoredCredential('$argon2id$v=19$m=8,t=1,p=1$c2FsdHNhbHQ$AAAAAAAAAAAAAAAAAAAAAA')
  // What has begun waits for its turn, and the signal ends that.
  const stop = new AbortController()
  const answer = verifyPassword(stored, '', { signal: stop.signal })
  stop.abort()
  assert.equal(await answer, false)
})

test('no credential is made of more than 1,024 octets', async () => {
  for (const scheme of ['SCRAM-SHA-256', 'sha'] as const) {
    const options = { scheme, iterations: 4096, [allowBroken]: true } as const
    assert.equal((await makeStoredCredential(LONGEST, options)).scheme, scheme)
    await assert.rejects(makeStoredCredential(`${LONGEST}x`, options), /^RangeError: a password has at most/)
  }
})

test('what is no stored credential is told how one is made', async () => {
  for (const none of [undefined, null, '{PLAIN}x', {}])
    await assert.rejects(verifyPassword(none as never, 'x'), /^TypeError: pass a stored credential/)
})
