/** SCRAM keys made for each format, with few iterations, and that no other format is made. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  type CredentialFormat,
  type MakeScheme,
  type MakeStoredCredentialOptions,
  makeStoredCredential,
  makeStoredCredentials,
  type StoredCredential,
  verifyPassword,
} from '../../src/credentials/index.js'
import { makeScramCredentials } from '../../src/credentials/make-scram-credentials.js'
import { utf8 } from '../../src/octets.js'
import { ALL_FORMATS, MADE_FORMATS } from './made-formats.js'

const SALT = utf8('saltsaltsaltsalt')
const OWNER = { username: 'tim' }
const RULES: Readonly<Partial<Record<CredentialFormat, string>>> = {
  postgresql: 'postgresql',
  dovecot: 'none',
  kafka: 'none',
  mongodb: 'mongodb',
}

const make = (scheme: MakeScheme, options: MakeStoredCredentialOptions = {}): Promise<StoredCredential> =>
  makeStoredCredential('pencil', { scheme, iterations: 4096, ...OWNER, ...options })

for (const [scheme, formats] of Object.entries(MADE_FORMATS) as [
  MakeScheme,
  Partial<Record<CredentialFormat, string>>,
][])
  if (scheme.startsWith('SCRAM-'))
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
        assert.equal(made.preparation, RULES[format] ?? 'saslprep', format)
        assert.equal(await verifyPassword(made, 'pencil', OWNER), true, made.text)
      }
    })

test('salts have 16 octets, and for Prosody characters', async () => {
  for (const format of ['rfc5803', 'kafka', 'mongodb'] as const)
    assert.equal((await make('SCRAM-SHA-256', { format })).parameters.saltLength, 16, format)
  assert.match((await make('SCRAM-SHA-1', { format: 'prosody' })).text, /\["salt"\] = "[A-Za-z0-9+/]{24}";/)
})

test('a preset says whose counts, and whose format, unless one is named', async () => {
  for (const [preset, format, as, count] of [
    ['postgres', undefined, 'postgresql', 4096],
    ['postgres', 'rfc5803', 'rfc5803', 4096],
    ['kafka', undefined, 'kafka', 16_384],
  ] as const) {
    const made = await make('SCRAM-SHA-256', { preset, format, iterations: undefined })
    assert.deepEqual([made.format, made.parameters.iterations], [as, count])
  }
  const { parameters } = await make('SCRAM-SHA-256', { preset: 'kafka', iterations: 5000 })
  assert.equal(parameters.iterations, 5000)
})

test('Kafka takes 4,096 to 16,384 iterations', async () => {
  for (const iterations of [4096, 16_384])
    assert.equal(
      (await make('SCRAM-SHA-256', { format: 'kafka', iterations })).parameters.iterations,
      iterations,
    )
  for (const iterations of [4095, 16_385, 4096.5, Number.NaN, Number.POSITIVE_INFINITY])
    await assert.rejects(make('SCRAM-SHA-256', { format: 'kafka', iterations }), RangeError)
})

test('a scheme is named by the letter', async () => {
  for (const scheme of ['scram-SHA-256', 'SCRAM-', 'SCRAM-MD5', 'xxxxxxSHA-256', 'ARGON2ID', 'toString'])
    await assert.rejects(make(scheme as MakeScheme), RangeError, scheme)
})

test('an account is given keys for three hashes where no others are asked for', async () => {
  const made = await makeStoredCredentials('pencil', { iterations: 4096, passwordHash: undefined })
  assert.deepEqual(
    made.map(({ scheme }) => scheme),
    ['SCRAM-SHA-256', 'SCRAM-SHA-512', 'SCRAM-SHA-1'],
  )
})

test('keys have salts of 1 to 1,024 octets', async () => {
  for (const length of [1, 1024]) {
    const salt = new Uint8Array(length).fill(7)
    assert.deepEqual((await makeScramCredentials('SHA-256', 'pencil', { iterations: 4096, salt })).salt, salt)
  }
})

test('a preset is one of those that there are, whatever objects have anyway', async () => {
  for (const preset of ['toString', 'apache'])
    await assert.rejects(
      make('SCRAM-SHA-256', { preset: preset as never }),
      /^RangeError: preset: one of owasp, kafka, postgres$/,
    )
})

test('no format is given more than ten million iterations, and Kafka its most where nobody says how many', async () => {
  await assert.rejects(
    make('SCRAM-SHA-256', { iterations: 10_000_001 }),
    /^RangeError: iterations: at most 10000000/,
  )
  const { parameters } = await make('SCRAM-SHA-256', { format: 'kafka', iterations: undefined })
  assert.equal(parameters.iterations, 16_384)
})

test('PostgreSQL has keys for SHA-256 alone, of passwords that it prepares its own way', async () => {
  const { format, preparation } = await make('SCRAM-SHA-256', { format: 'postgresql' })
  assert.deepEqual([format, preparation], ['postgresql', 'postgresql'])
  await assert.rejects(
    make('SCRAM-SHA-1', { format: 'postgresql' }),
    /^RangeError: postgresql has no SCRAM-SHA-1/,
  )
})
