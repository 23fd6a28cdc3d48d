import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import {
  convert,
  makeStoredCredential,
  parseStoredCredential,
  type ScramFormat,
  verifyPassword,
} from '../../src/credentials/index.js'
import type { ScramHash } from '../../src/directory.js'
import { KNOWN_ANSWERS } from './known-answers.js'

const HASHES: Readonly<Record<Exclude<ScramFormat, 'passlib'>, readonly ScramHash[]>> = {
  rfc5803: ['SHA-1', 'SHA-224', 'SHA-256', 'SHA-384', 'SHA-512', 'SHA3-512'],
  postgresql: ['SHA-256'],
  dovecot: ['SHA-1', 'SHA-256'],
  gsasl: ['SHA-1', 'SHA-256'],
  kafka: ['SHA-256', 'SHA-512'],
  mongodb: ['SHA-256'],
  ejabberd: ['SHA-1', 'SHA-256', 'SHA-512'],
  prosody: ['SHA-1', 'SHA-256'],
}
const FORMATS = Object.keys(HASHES) as (keyof typeof HASHES)[]

describe('keys and salt survive, octet for octet', () => {
  for (const from of [...FORMATS, 'passlib'] as const)
    for (const to of FORMATS)
      for (const hash of HASHES[to]) {
        if (from !== 'passlib' && !HASHES[from].includes(hash)) continue
        if (from === 'passlib' && hash === 'SHA3-512') continue
        test(`SCRAM-${hash}, ${from} to ${to}`, async () => {
          const stored = await makeStoredCredential('pencil', {
            scheme: `SCRAM-${hash}`,
            format: from,
            iterations: 4096,
          })
          const converted = await convert(stored, to)
          assert.equal(converted.format, to)
          assert.deepEqual(await converted.scramCredentials(hash), await stored.scramCredentials(hash))
          assert.equal(
            await verifyPassword(parseStoredCredential(converted.text, { hint: to }), 'pencil'),
            true,
          )
        })
      }
})

describe('every credential of SCRAM that a program made goes to RFC 5803 and back', () => {
  for (const { source, scheme, format, text } of KNOWN_ANSWERS.filter(({ scheme }) => /^SCRAM-/.test(scheme)))
    test(`${scheme}, ${source}`, async () => {
      if (format === 'mongodb') return
      const stored = parseStoredCredential(text)
      const there = await convert(stored, 'rfc5803')
      const back = await convert(there, format as ScramFormat)
      const hash = scheme.slice('SCRAM-'.length) as ScramHash
      assert.deepEqual(await back.scramCredentials(hash), await stored.scramCredentials(hash))
      assert.equal(back.preparation, stored.preparation, 'how the password was prepared goes along')
      // What one program alone writes, it gets back: without spaces, a salted password, or another order.
      if (/^(postgresql|dovecot|kafka)$/.test(format) && !/^\{[^}]*\./.test(text))
        assert.equal(back.text, text)
    })
})

test('of several hashes one is chosen by name, or because the other system has but that', async () => {
  const { text } = KNOWN_ANSWERS.find(({ format, scheme }) => format === 'passlib' && scheme === 'SCRAM')!
  const stored = parseStoredCredential(text)
  await assert.rejects(convert(stored, 'rfc5803'), /pass \{ hash \}/)
  assert.equal((await convert(stored, 'rfc5803', { hash: 'SHA-1' })).scheme, 'SCRAM-SHA-1')
  assert.equal((await convert(stored, 'postgresql')).scheme, 'SCRAM-SHA-256')
  await assert.rejects(convert(stored, 'rfc5803', { hash: 'SHA-384' }), /none for SHA-384/)
})

test('what gsasl says with --verbose can go to passlib, for the salted password is in it', async () => {
  const { text, password } = KNOWN_ANSWERS.find(
    ({ format, scheme }) => format === 'gsasl' && scheme === 'SCRAM-SHA-256',
  )!
  const converted = await convert(parseStoredCredential(text), 'passlib')
  assert.match(converted.text, /^\$scram\$4096\$[^$]+\$sha-256=[^$,]+$/)
  assert.equal(await verifyPassword(converted, password), true)
})

test('a salted password of another password is noticed', async () => {
  const { text } = KNOWN_ANSWERS.find(
    ({ format, scheme }) => format === 'gsasl' && scheme === 'SCRAM-SHA-256',
  )!
  const otherPassword = parseStoredCredential(text.replace(/[0-9a-f]{64}$/, 'ab'.repeat(32)))
  await assert.rejects(convert(otherPassword, 'passlib'), /another password's/)
  // One of the two keys is enough for that: what would be written does not make the other.
  const otherServerKey = parseStoredCredential(
    text.replace(/,[^,]{44},(?=[0-9a-f]{64}$)/, `,${'A'.repeat(43)}=,`),
  )
  await assert.rejects(convert(otherServerKey, 'passlib'), /another password's/)
})

test('what challenge mechanisms keep goes from bare digits to Dovecot and back, and keeps its rule', async () => {
  for (const [name, size] of [
    ['cram-md5', 32],
    ['digest-md5', 16],
  ] as const) {
    const digits = 'ab01'.repeat(size / 2)
    const bare = parseStoredCredential(digits.toUpperCase(), { hint: name })
    const dovecots = await convert(bare, 'dovecot')
    assert.equal(dovecots.text, `{${name.toUpperCase()}}${digits}`)
    assert.equal(dovecots.preparation, 'unknown')
    const back = await convert(parseStoredCredential(dovecots.text), name)
    assert.equal(back.text, digits)
    assert.deepEqual([back.scheme, back.format, back.preparation], [name, name, 'none'])
  }
})

const INSTEAD = /make a new credential at the next login/
const scram = (iterations: number, hash = 'SHA-256', length = 32) => {
  const key = Buffer.alloc(length, 7).toString('base64')
  return `SCRAM-${hash}$${iterations}:${key}$${key}:${key}`
}
const refusals: readonly [why: string, text: string, to: string, message: RegExp][] = [
  ['a password hash', '{SHA}0vxRJJChUDZGC1SJQBQ51tpUB/o=', 'postgresql', /hold no SCRAM keys/],
  ['SHA-1 to PostgreSQL', scram(4096, 'SHA-1', 20), 'postgresql', /postgresql has no SCRAM-SHA-1/],
  ['SHA-512 to Dovecot', scram(4096, 'SHA-512', 64), 'dovecot', /dovecot has no SCRAM-SHA-512/],
  ['65,536 iterations to Kafka', scram(65_536), 'kafka', /kafka takes 4096 to 16384 iterations, not 65536/],
  ['1,000 iterations to Kafka', scram(1000), 'kafka', /kafka takes/],
  ['keys to passlib', scram(4096), 'passlib', /holds the salted password/],
  [
    'HA1 to RFC 5803',
    `{DIGEST-MD5}${'ab'.repeat(16)}`,
    'rfc5803',
    /digest-md5 secrets are written for digest-md5/,
  ],
  [
    'HA1 as an HMAC state',
    `{DIGEST-MD5}${'ab'.repeat(16)}`,
    'cram-md5',
    /written for digest-md5 and dovecot/,
  ],
  ['an HMAC state as HA1', `{CRAM-MD5}${'ab'.repeat(32)}`, 'digest-md5', /written for cram-md5 and dovecot/],
  ['cleartext', '{PLAIN}pencil', 'dovecot', /hold no SCRAM keys/],
  ['SHA-1 to MongoDB', scram(4096, 'SHA-1', 20), 'mongodb', /digest of name and password/],
]

for (const [why, text, to, message] of refusals)
  test(`not converted, with why and what to do: ${why}`, async () => {
    await assert.rejects(convert(parseStoredCredential(text), to as ScramFormat), (error) => {
      assert.ok(error instanceof RangeError)
      assert.match(error.message, message)
      assert.match(error.message, INSTEAD)
      return true
    })
  })

test("MongoDB's SCRAM-SHA-1 keys go nowhere else", async () => {
  const { text } = KNOWN_ANSWERS.find(
    ({ format, scheme }) => format === 'mongodb' && scheme === 'SCRAM-SHA-1',
  )!
  await assert.rejects(convert(parseStoredCredential(text), 'rfc5803'), INSTEAD)
})

test("a format that is none is the caller's mistake", async () => {
  await assert.rejects(convert(parseStoredCredential(scram(4096)), 'constructor' as ScramFormat), RangeError)
})
