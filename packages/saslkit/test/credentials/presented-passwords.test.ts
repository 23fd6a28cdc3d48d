/** How often, and in which forms, a presented password is tried. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { hashFunction } from '#crypto'
import { parseStoredCredential, type StoredCredential, verifyPassword } from '../../src/credentials/index.js'
import { presentedForms } from '../../src/credentials/presented-forms.js'
import { deriveCredentials } from '../../src/mechanisms/scram/keys.js'
import { base64, utf8 } from '../../src/octets.js'
import { countPbkdf2 } from '../pbkdf2-calls.js'

const SALT = utf8('sixteen octets..')

/** Keys with one iteration, under a rule. */
async function keysOf(password: string, preparation: string): Promise<StoredCredential> {
  const made = await deriveCredentials(await hashFunction('SHA-256'), utf8(password), SALT, 1)
  const text = `SCRAM-SHA-256$1:${base64(SALT)}$${base64(made.storedKey)}:${base64(made.serverKey)}`
  return parseStoredCredential(text, { preparation: preparation as StoredCredential['preparation'] })
}

const TRIED: readonly (readonly [
  rule: string,
  made: string,
  presented: string,
  fits: boolean,
  times: number,
])[] = [
  ['saslprep', 'pencil', 'pencil', true, 1],
  ['saslprep', 'IX', '\u2168', true, 1],
  ['saslprep', 'a\u0007', 'a\u0007', false, 1],
  ['none', 'pencil', 'pencil', true, 1],
  ['none', '\u2168', '\u2168', true, 1],
  ['none', 'IX', '\u2168', false, 1],
  ['unknown', 'pencil', 'pencil', true, 1],
  ['unknown', 'IX', '\u2168', true, 2],
  ['unknown', '\u2168', '\u2168', true, 2],
  ['unknown', 'x', '\u2168', false, 2],
  ['unknown', 'a\u0007', 'a\u0007', true, 1],
  ['mongodb', 'IX', '\u2168', true, 1],
  ['precis', 'IX', '\u2168', false, 1],
]

for (const [rule, made, presented, fits, times] of TRIED)
  test(`${rule}: ${JSON.stringify(presented)} is tried ${times} times, and fits or not`, async () => {
    const stored = await keysOf(made, rule)
    const calls = await countPbkdf2('SHA-256', async () => {
      assert.equal(await verifyPassword(stored, presented), fits)
    })
    assert.equal(calls, times)
  })

test("a rule that there is not is the caller's mistake, and no wrong password", async () => {
  await assert.rejects(keysOf('\u2168', 'rot13'), /^TypeError: preparation: unknown preparation rot13/)
  const forms = presentedForms('\u2168', 'rot13' as never, {}, undefined)
  await assert.rejects(forms, /^TypeError: unknown preparation/)
})

test('a cleartext password that SASLprep refuses fits as it is', async () => {
  for (const password of ['a\u0007', '\u0627a'])
    assert.equal(await verifyPassword(parseStoredCredential(password, { hint: 'cleartext' }), password), true)
})

const STORED_AS: readonly (readonly [
  rule: string,
  stored: string,
  fit: readonly string[],
  wrong: readonly string[],
])[] = [
  ['none', '①②③④', ['①②③④'], ['1234', '①②③4']],
  ['none', 'a\u0007', ['a\u0007'], ['a']],
  ['unknown', '①②③④', ['①②③④', '1234', '①②③4'], ['1243']],
  ['saslprep', '①②③④', ['①②③④', '1234', '①②③4'], ['1243']],
  ['precis', '①②③④', ['①②③④'], ['1234']],
  ['precis', 'a\u0301\u00a0b', ['á b', 'a\u0301\u3000b'], ['á  b', 'a b']],
  ['postgresql', 'ﬁsh', ['ﬁsh', 'fish'], ['Fish']],
  ['postgresql', 'ﬁsh\u0007', ['ﬁsh\u0007'], ['fish\u0007', 'fish']],
  ['mongodb', 'ﬁsh', ['ﬁsh', 'fish'], ['Fish']],
  ['mongodb', 'fish\u0007', [], ['fish\u0007', 'fish']],
  ['unknown', 'ﬁsh\u0007', ['ﬁsh\u0007'], ['fish\u0007', 'fish']],
  // Unassigned in Unicode 3.2: a presented one may have it, a stored one is taken as it is.
  ['unknown', 'ﬁsh\u0221', ['ﬁsh\u0221'], ['ﬁsh']],
]

for (const [rule, stored, fit, wrong] of STORED_AS)
  test(`${rule}: ${JSON.stringify(stored)}, stored as it is, is prepared as a presented one is`, async () => {
    const preparation = rule as StoredCredential['preparation']
    const credential = parseStoredCredential(stored, { hint: 'cleartext', preparation })
    assert.equal(credential.format, 'cleartext')
    for (const password of fit) assert.equal(await verifyPassword(credential, password), true, password)
    for (const password of wrong) assert.equal(await verifyPassword(credential, password), false, password)
  })

test('Dovecot prepares no password: one that SASLprep makes of a stored one is another', async () => {
  const stored = parseStoredCredential('{PLAIN}①②③④')
  assert.equal(await verifyPassword(stored, '①②③④'), true)
  assert.equal(await verifyPassword(stored, '1234'), false)
  const other = parseStoredCredential('{PLAIN}①②③④', { preparation: 'saslprep' })
  assert.equal(await verifyPassword(other, '1234'), true)
})

test('what cannot be checked against a password says so', async () => {
  const otp = parseStoredCredential('{OTP}sha1 1024 00066f06c19da945 d9e8e30af25a28b3')
  await assert.rejects(verifyPassword(otp, 'x'), /^TypeError: otp credentials cannot be checked/)
})
