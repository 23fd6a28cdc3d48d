import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import {
  allowBroken,
  type CredentialFormat,
  type MakeScheme,
  type MakeStoredCredentialOptions,
  makeStoredCredential,
  makeStoredCredentials,
  parseStoredCredential,
  verifyPassword,
} from '../../src/credentials/index.js'
import { MADE_FORMATS } from './made-formats.js'

const CHEAP = { iterations: 4096, memory: 64, passes: 1, N: 16, rounds: 1000 } as const
const COSTS: Readonly<Partial<Record<MakeScheme, number>>> = { bcrypt: 4, yescrypt: 1 }

describe('what is made is read and fits', () => {
  for (const [name, formats] of Object.entries(MADE_FORMATS))
    for (const format of Object.keys(formats) as CredentialFormat[])
      test(`${name}, ${format}`, async () => {
        const scheme = name as MakeScheme
        const username = 'tim@example.org'
        const options = { ...CHEAP, cost: COSTS[scheme], scheme, format, username, [allowBroken]: true }
        const made = await makeStoredCredential('pässwörd', options)
        assert.equal(made.scheme, scheme)
        assert.equal(made.format, format)
        const again = parseStoredCredential(made.text, { hint: format })
        assert.equal(again.scheme, scheme)
        assert.equal(await verifyPassword(again, 'pässwörd', { username }), true)
        assert.equal(await verifyPassword(again, 'pässwört', { username }), false)
        const { text } = await makeStoredCredential('pässwörd', options)
        const salted = !/^(sha(1|256|384|512)?|md[45]|cleartext|cram-md5|digest-md5)$/.test(scheme)
        assert.equal(text !== made.text, salted, 'a fresh salt each time')
      })
})

test('SCRAM keys have 65,536 iterations and a salt of 16 octets', async () => {
  const { parameters, preparation, serves } = await makeStoredCredential('pencil', {
    scheme: 'SCRAM-SHA-256',
  })
  assert.deepEqual(parameters, { iterations: 65_536, saltLength: 16 })
  assert.equal(preparation, 'saslprep')
  assert.deepEqual(serves, ['SCRAM-SHA-256', 'password'])
})

test('password hashes are Argon2id with 19 MiB and two passes', async () => {
  const { scheme, parameters, strength } = await makeStoredCredential('pencil')
  assert.equal(scheme, 'argon2id')
  assert.equal(strength, 'strong')
  assert.deepEqual(parameters, { version: 19, memory: 19_456, passes: 2, lanes: 1, saltLength: 16, size: 32 })
})

test('presets name iterations and format', async () => {
  const kafka = await makeStoredCredential('pencil', { scheme: 'SCRAM-SHA-512', preset: 'kafka' })
  assert.deepEqual([kafka.format, kafka.parameters.iterations, kafka.preparation], ['kafka', 16_384, 'none'])
  const postgres = await makeStoredCredential('pencil', { scheme: 'SCRAM-SHA-256', preset: 'postgres' })
  assert.deepEqual(
    [postgres.format, postgres.parameters.iterations, postgres.preparation],
    ['postgresql', 4096, 'postgresql'],
  )
  const owasp = await makeStoredCredential('pencil', { scheme: 'SCRAM-SHA-512', preset: 'owasp' })
  assert.deepEqual([owasp.format, owasp.parameters.iterations], ['rfc5803', 210_000])
})

test('Kafka is given no more iterations than a broker stores', async () => {
  const { parameters } = await makeStoredCredential('pencil', { scheme: 'SCRAM-SHA-256', format: 'kafka' })
  assert.equal(parameters.iterations, 16_384)
})

test('one call makes the whole set', async () => {
  const made = await makeStoredCredentials('pencil', { iterations: 4096, passwordHash: { memory: 64 } })
  assert.deepEqual(
    made.map(({ scheme }) => scheme),
    ['SCRAM-SHA-256', 'SCRAM-SHA-512', 'SCRAM-SHA-1', 'argon2id'],
  )
  for (const stored of made) assert.equal(await verifyPassword(stored, 'pencil'), true)
  const keys = await makeStoredCredentials('pencil', {
    iterations: 4096,
    scram: ['SHA-256'],
    passwordHash: undefined,
  })
  assert.deepEqual(
    keys.map(({ scheme }) => scheme),
    ['SCRAM-SHA-256'],
  )
})

test('a known salt makes a known credential', async () => {
  // RFC 7677 section 3.
  const { text } = await makeStoredCredential('pencil', {
    scheme: 'SCRAM-SHA-256',
    iterations: 4096,
    salt: Uint8Array.from(Buffer.from('W22ZaJ0SNY7soEsUEjb6gQ==', 'base64')),
  })
  assert.equal(
    text,
    'SCRAM-SHA-256$4096:W22ZaJ0SNY7soEsUEjb6gQ==$WG5d8oPm3OtcPnkdi4Uo7BkeZkBFzpcXkuLmtbsT4qY=:wfPLwcE6nTWhTAmQ7tl2KeoiWGPlZqQxSrmfPwDl2dU=',
  )
})

test('keys for MongoDB are of the digest that its clients make', async () => {
  const options = { scheme: 'SCRAM-SHA-1', format: 'mongodb', iterations: 4096, username: 'tim' } as const
  const made = await makeStoredCredential('pencil', options)
  assert.equal(await verifyPassword(made, 'pencil', { username: 'tim' }), true)
  assert.equal(await verifyPassword(made, 'pencil', { username: 'tom' }), false)
  await assert.rejects(makeStoredCredential('pencil', { ...options, username: undefined }), TypeError)
})

const refused: readonly (readonly [why: string, password: string, options: MakeStoredCredentialOptions])[] = [
  ['a scheme that is none', 'x', { scheme: 'rot13' as MakeScheme }],
  ['a prototype name', 'x', { scheme: 'constructor' as MakeScheme }],
  ['a hash that SCRAM has not', 'x', { scheme: 'SCRAM-MD5' as MakeScheme }],
  ['a format that has not the scheme', 'x', { scheme: 'argon2id', format: 'django' }],
  ['a format that has not the hash', 'x', { scheme: 'SCRAM-SHA-512', format: 'postgresql' }],
  ['a format that is none of SCRAM', 'x', { scheme: 'SCRAM-SHA-256', format: 'phc' }],
  ['DES', 'x', { scheme: 'des-crypt' as MakeScheme }],
  ['a preset that is none', 'x', { scheme: 'SCRAM-SHA-256', preset: 'constructor' as 'kafka' }],
  ['an empty password', '', {}],
  ['an empty password for SCRAM', '', { scheme: 'SCRAM-SHA-256' }],
  ['a password that SASLprep refuses', 'a\u0007', {}],
  ['a password of 1,025 octets', 'x'.repeat(1025), {}],
  ['73 octets for bcrypt', 'x'.repeat(73), { scheme: 'bcrypt', cost: 4 }],
  ['a NUL for bcrypt', 'a\0b', { scheme: 'bcrypt', cost: 4, preparation: 'none' }],
  ['a NUL for SHA-crypt', 'a\0b', { scheme: 'sha512-crypt', preparation: 'none' }],
  ['4,095 iterations for SCRAM', 'x', { scheme: 'SCRAM-SHA-256', iterations: 4095 }],
  ['10,000,001 iterations for SCRAM', 'x', { scheme: 'SCRAM-SHA-256', iterations: 10_000_001 }],
  ['16,385 iterations for Kafka', 'x', { scheme: 'SCRAM-SHA-256', format: 'kafka', iterations: 16_385 }],
  ['half an iteration', 'x', { scheme: 'pbkdf2-sha256', iterations: 1000.5 }],
  ['999 iterations for PBKDF2', 'x', { scheme: 'pbkdf2-sha256', iterations: 999 }],
  ['an empty salt', 'x', { scheme: 'SCRAM-SHA-256', salt: new Uint8Array(0) }],
  ['bcrypt cost 3', 'x', { scheme: 'bcrypt', cost: 3 }],
  ['bcrypt cost 17', 'x', { scheme: 'bcrypt', cost: 17 }],
  ['yescrypt cost 10', 'x', { scheme: 'yescrypt', cost: 10 }],
  ['999 rounds', 'x', { scheme: 'sha512-crypt', rounds: 999 }],
  ['5,000,001 rounds', 'x', { scheme: 'sha512-crypt', rounds: 5_000_001 }],
  ['Argon2 with 1 GiB and 1 KiB', 'x', { memory: 1_048_577 }],
  ['Argon2 with 7 KiB', 'x', { memory: 7 }],
  ['Argon2 with too many passes', 'x', { memory: 1_048_576, passes: 5 }],
  ['scrypt whose N is no power of 2', 'x', { scheme: 'scrypt', N: 15 }],
  ['scrypt with 2 GiB', 'x', { scheme: 'scrypt', N: 2 ** 21, r: 8 }],
  [
    'cleartext that LDAP would take for a scheme',
    '{SHA}x',
    { scheme: 'cleartext', format: 'ldap', [allowBroken]: true },
  ],
  ...(['cleartext', 'ssha512', 'sha', 'md5', 'cram-md5', 'digest-md5'] as const).map(
    (scheme) => [`${scheme}, which is broken`, 'x', { scheme, username: 'x' }] as const,
  ),
]

describe('not made:', () => {
  for (const [why, password, options] of refused)
    test(why, () => assert.rejects(makeStoredCredential(password, options), RangeError))
})

test("LDAP's cleartext has no scheme before it: slapd would refuse {CLEARTEXT}", async () => {
  const options = { scheme: 'cleartext', format: 'ldap', [allowBroken]: true } as const
  assert.equal((await makeStoredCredential('pencil', options)).text, 'pencil')
})

test('72 octets are not too many for bcrypt', async () => {
  const password = `${'ü'.repeat(36)}`
  assert.equal(
    await verifyPassword(await makeStoredCredential(password, { scheme: 'bcrypt', cost: 4 }), password),
    true,
  )
})

test('making can be aborted', async () => {
  for (const scheme of ['argon2id', 'SCRAM-SHA-256', 'sha512-crypt', 'bcrypt', 'scrypt', 'yescrypt'] as const)
    await assert.rejects(makeStoredCredential('x', { scheme, signal: AbortSignal.abort() }), {
      name: 'AbortError',
    })
})
