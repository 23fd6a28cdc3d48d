/** Each limit, at it and one beyond it. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  CREDENTIAL_LIMITS,
  type CredentialFormat,
  type CredentialLimits,
  parseStoredCredential,
} from '../../src/credentials/index.js'

const base64 = (octets: number) => Buffer.alloc(octets, 7).toString('base64')
const unpadded = (octets: number) => base64(octets).replace(/=+$/, '')
const KEY = base64(32)
const HASH = unpadded(32)

interface Case {
  readonly limit: keyof CredentialLimits
  readonly of: string
  readonly text: (value: number) => string
  readonly at: number
  readonly beyond?: number
  readonly hint?: CredentialFormat
}

const scram = (iterations: number, salt = 16) => `SCRAM-SHA-256$${iterations}:${base64(salt)}$${KEY}:${KEY}`
const argon2 = (m: number, t: number) => `$argon2id$v=19$m=${m},t=${t},p=1$${unpadded(16)}$${HASH}`
const scrypt = (ln: number, r: number, p: number) => `$scrypt$ln=${ln},r=${r},p=${p}$${unpadded(16)}$${HASH}`
/** In yescrypt's numbers one digit reaches 48. */
const digit = (value: number) => './0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'[value]!
const yescrypt = (log: number, r: number, t: number) =>
  `$y$j${digit(log - 1)}${digit(r - 1)}${t ? `/${digit(t - 1)}` : ''}$salt$${'x'.repeat(43)}`

/** N of 2^20 and r of 1, so that the lanes' own tables are what takes the memory. Numbers of four digits, from 16,944 on. */
const lanes = (p: number) => {
  const rest = p - 2 - 16_944
  return `$y$jH..${digit(60)}${digit(rest >> 12)}${digit((rest >> 6) & 63)}${digit(rest & 63)}$salt$${'x'.repeat(43)}`
}

const CASES: readonly Case[] = [
  { limit: 'textLength', of: 'characters', text: (n) => 'x'.repeat(n), at: 16_384, hint: 'cleartext' },
  { limit: 'saltLength', of: 'SCRAM', text: (n) => scram(4096, n), at: 1024 },
  {
    limit: 'saltLength',
    of: 'Argon2',
    text: (n) => `$argon2id$v=19$m=64,t=1,p=1$${unpadded(n)}$${HASH}`,
    at: 1024,
  },
  { limit: 'saltLength', of: 'SSHA', text: (n) => `{SSHA}${base64(20 + n)}`, at: 1024 },
  { limit: 'pbkdf2Iterations', of: 'SCRAM', text: scram, at: 10_000_000 },
  {
    limit: 'pbkdf2Iterations',
    of: 'Dovecot',
    text: (n) => `{SCRAM-SHA-256}${n},${KEY},${KEY},${KEY}`,
    at: 10_000_000,
  },
  {
    limit: 'pbkdf2Iterations',
    of: 'passlib',
    text: (n) => `$scram$${n}$c2FsdA$sha-256=${HASH}`,
    at: 10_000_000,
  },
  {
    limit: 'pbkdf2Iterations',
    of: 'PBKDF2',
    text: (n) => `$pbkdf2-sha256$i=${n}$c2FsdA$${HASH}`,
    at: 10_000_000,
  },
  {
    limit: 'cryptRounds',
    of: 'SHA-crypt',
    text: (n) => `$5$rounds=${n}$salt$${'x'.repeat(43)}`,
    at: 5_000_000,
  },
  {
    limit: 'cryptRounds',
    of: 'phpass, 2^22 and 2^23',
    text: (n) => `$P$${digit(n)}${'x'.repeat(30)}`,
    at: 22,
  },
  { limit: 'bcryptCost', of: 'bcrypt', text: (n) => `$2b$${n}$${'x'.repeat(53)}`, at: 16 },
  { limit: 'argon2Memory', of: 'Argon2', text: (n) => argon2(n, 1), at: 1_048_576 },
  { limit: 'argon2Work', of: '1 GiB', text: (n) => argon2(1_048_576, n), at: 4 },
  { limit: 'scryptMemory', of: '2^20 times r', text: (n) => scrypt(20, n, 1), at: 8 },
  { limit: 'scryptWork', of: '1 GiB times p', text: (n) => scrypt(20, 8, n), at: 4 },
  { limit: 'yescryptMemory', of: '4 KiB times 2^16 and 2^17', text: (n) => yescrypt(n, 32, 0), at: 16 },
  {
    limit: 'yescryptMemory',
    of: 'lanes with 12,416 octets each',
    text: lanes,
    at: Math.floor(2 ** 28 / 12_416),
  },
  { limit: 'yescryptWork', of: '256 MiB times t', text: (n) => yescrypt(16, 32, n), at: 4 },
]

for (const { limit, of, text, at, beyond = at + 1, hint } of CASES)
  test(`${limit} (${of}): ${at} is read, ${beyond} refused`, () => {
    const stored = parseStoredCredential(text(at), { hint })
    assert.equal(stored.text, text(at))
    assert.throws(() => parseStoredCredential(text(beyond), { hint }), {
      name: 'StoredCredentialError',
      problem: 'limit',
    })
  })

test('every limit has a case', () => {
  assert.deepEqual(new Set(CASES.map(({ limit }) => limit)), new Set(Object.keys(CREDENTIAL_LIMITS)))
})

test("limits are the caller's to move", () => {
  const text = `$2b$10$${'x'.repeat(53)}`
  assert.equal(parseStoredCredential(text, { limits: { bcryptCost: 10 } }).strength, 'strong')
  assert.throws(() => parseStoredCredential(text, { limits: { bcryptCost: 9 } }), { problem: 'limit' })
})
