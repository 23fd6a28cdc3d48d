/** What is made for each format, at the least cost, and that no other format is made. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  allowBroken,
  type CredentialFormat,
  type MakeScheme,
  type MakeStoredCredentialOptions,
  makeStoredCredential,
  type StoredCredential,
  verifyPassword,
} from '../../src/credentials/index.js'
import { utf8 } from '../../src/octets.js'
import { ALL_FORMATS, MADE_FORMATS } from './made-formats.js'

const SALT = utf8('saltsaltsaltsalt')
const OWNER = { username: 'tim@example.org' }
const CHEAP = { iterations: 1000, memory: 8, passes: 1, N: 2, rounds: 1000, [allowBroken]: true }
const COSTS: Readonly<Partial<Record<MakeScheme, number>>> = { bcrypt: 4, yescrypt: 1 }

const make = (scheme: MakeScheme, options: MakeStoredCredentialOptions = {}): Promise<StoredCredential> =>
  makeStoredCredential('pencil', { ...CHEAP, ...OWNER, scheme, cost: COSTS[scheme], ...options })

for (const [scheme, formats] of Object.entries(MADE_FORMATS) as [
  MakeScheme,
  Partial<Record<CredentialFormat, string>>,
][])
  if (!scheme.startsWith('SCRAM-'))
    test(`${scheme} is written as each system writes it, and for no system that has it not`, async () => {
      for (const format of ALL_FORMATS) {
        const start = formats[format]
        if (start === undefined) {
          await assert.rejects(make(scheme, { format, salt: SALT }), RangeError, format)
          continue
        }
        const made = await make(scheme, { format, salt: SALT })
        assert.deepEqual([made.scheme, made.format], [scheme, format])
        assert.equal(made.text.slice(0, start.length), start)
        assert.equal(made.preparation, format === 'dovecot' ? 'none' : 'saslprep', format)
        if (scheme === 'yescrypt') continue // make.test.ts has the time for it
        assert.equal(await verifyPassword(made, 'pencil', OWNER), true, made.text)
      }
    })

test('salts are as long as each system has them', async () => {
  for (const [scheme, format, saltLength] of [
    ['pbkdf2-sha1', 'passlib', 16],
    ['pbkdf2-sha1', 'django', 32],
    ['pbkdf2-sha1', 'dovecot', 32],
    ['argon2id', 'phc', 16],
  ] as const)
    assert.equal((await make(scheme, { format })).parameters.saltLength, saltLength, `${scheme} ${format}`)
})

test('a cleartext password that begins with a brace is one to Dovecot', async () => {
  const stored = await makeStoredCredential('{SHA}x', {
    scheme: 'cleartext',
    format: 'dovecot',
    [allowBroken]: true,
  })
  assert.equal(stored.text, '{PLAIN}{SHA}x')
  assert.equal(await verifyPassword(stored, '{SHA}x'), true)
})
