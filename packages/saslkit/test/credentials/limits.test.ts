/** Each limit, at it and one beyond it. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  CREDENTIAL_LIMITS,
  type CredentialFormat,
  type CredentialLimits,
  parseStoredCredential,
  type StoredCredential,
  StoredCredentialError,
  verifyPassword,
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

const scryptCrypt = (log: number, r: number, p: number) => {
  const five = (value: number) => [0, 6, 12, 18, 24].map((by) => digit((value >> by) & 63)).join('')
  return `$7$${digit(log)}${five(r)}${five(p)}salt$${'x'.repeat(43)}`
}

const powers = (most: number) => Array.from({ length: most + 1 }, (_, i) => 2 ** i)

/** None where the text is refused. */
function parametersOf(text: string): StoredCredential['parameters'] {
  try {
    return parseStoredCredential(text).parameters
  } catch (error) {
    assert.ok(error instanceof StoredCredentialError && error.problem !== 'unknown', text)
    return {}
  }
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
  { limit: 'scryptLanes', of: '128 octets times r', text: (n) => scrypt(1, n, 1), at: 256 },
  { limit: 'scryptLanes', of: '128 octets times p', text: (n) => scrypt(1, 1, n), at: 256 },
  { limit: 'scryptLanes', of: '1 KiB times p', text: (n) => scrypt(14, 8, n), at: 32 },
  {
    limit: 'scryptLanes',
    of: "yescrypt's 4 KiB times p",
    text: (n) => `$y$j8T.${digit(n - 2)}$salt$${'x'.repeat(43)}`,
    at: 8,
  },
  { limit: 'yescryptMemory', of: '4 KiB times 2^16 and 2^17', text: (n) => yescrypt(n, 32, 0), at: 16 },
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

/**
 * At the limits, and quick all the same: of "pencil", with "pencils" it is another. From libxcrypt 4.4.33, and `$scrypt$`
 * from OpenSSL.
 */
const AT_THE_LIMIT: readonly string[] = [
  '$y$j/nD$abcd$wJIGDpDf7ClVLA6av2Aw3FZU8Y4NeXCIQNRXabmslLC',
  '$y$j7..nC$abcd$JRli5uIteSvvX3nwApWGbmVllqOZMwp.Asphf1eqAR/',
  '$7$2.2.../....abcd$ybHuWImEqUDS6QUD.YwoF38kvj2mfuQy2bVl7rwf55A',
  '$7$2/.....2...abcd$xGlJCjIEVK2jD5lCUOKILg1/c6GqunWqA2tHLXDsr72',
  '$scrypt$ln=1,r=256,p=1$c2FsdHNhbHQ$aEC6OEKLqRMX4leRp/4xWj4NuznV4x0OssvMNqRYeM0',
  '$scrypt$ln=1,r=1,p=256$c2FsdHNhbHQ$TL3I4MUI2xGCuviwo9l1GpK4PoT68DNPgqw3U8uAlLg',
]

for (const text of AT_THE_LIMIT)
  test(`${text.slice(0, 24)}: what is at the limit can be verified`, async () => {
    const stored = parseStoredCredential(text)
    assert.equal(await verifyPassword(stored, 'pencil'), true)
    assert.equal(await verifyPassword(stored, 'pencils'), false)
  })

test('no parameters that are read ask for more HMACs, or wider blocks, than a few milliseconds take', () => {
  let read = 0
  for (const text of [
    ...powers(23).flatMap((r) => powers(23).map((p) => scrypt(1, r, p))),
    ...powers(23).flatMap((r) => powers(23).map((p) => scryptCrypt(1, r, p))),
    ...powers(23).flatMap((r) => powers(23).map((p) => scrypt(14, r, p))),
    ...Array.from(
      { length: 47 * 47 },
      (_, i) => `$y$jH${digit(i % 47)}.${digit(Math.floor(i / 47))}$salt$${'x'.repeat(43)}`,
    ),
  ]) {
    const { r, p } = parametersOf(text)
    if (r === undefined || p === undefined) continue
    read++
    assert.ok(Number(r) <= 256, text)
    assert.ok(4 * Number(r) * Number(p) <= 1024, text)
  }
  assert.ok(read > 100)
})

test('a limit that is undefined is the usual one, and one that is no number is said to be none', () => {
  for (const { limit, text, at, beyond = at + 1, hint } of CASES) {
    const limits = { [limit]: undefined }
    assert.equal(parseStoredCredential(text(at), { hint, limits }).text, text(at))
    assert.throws(() => parseStoredCredential(text(beyond), { hint, limits }), { problem: 'limit' })
    for (const none of [Number.NaN, null, '16', {}, 16n])
      assert.throws(() => parseStoredCredential(text(at), { hint, limits: { [limit]: none as number } }), {
        name: 'RangeError',
        message: `limits.${limit}: a number`,
      })
  }
})

// 204,800 HMACs, more than a call has room for arguments.
test('a limit of Infinity is none, and what goes beyond all of them is still worked out', async () => {
  const text = `$y$j/w6LD$abcd$${'x'.repeat(43)}`
  assert.throws(() => parseStoredCredential(text), {
    problem: 'limit',
    message: /^yescrypt: r: at most 256$/,
  })
  const stored = parseStoredCredential(text, { limits: { scryptLanes: Number.POSITIVE_INFINITY } })
  assert.equal(await verifyPassword(stored, 'pencil'), false)
})

test("limits are the caller's to move", () => {
  const text = `$2b$10$${'x'.repeat(53)}`
  assert.equal(parseStoredCredential(text, { limits: { bcryptCost: 10 } }).strength, 'strong')
  assert.throws(() => parseStoredCredential(text, { limits: { bcryptCost: 9 } }), { problem: 'limit' })
})
