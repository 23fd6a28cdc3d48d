/** Each number in a credential, at its bounds and beyond: which one it is stands in the error, for whoever reads the log. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { CRYPT64 } from '../../src/credentials/encodings/crypt64.js'
import {
  type CredentialLimits,
  parseStoredCredential,
  type StoredCredentialProblem,
} from '../../src/credentials/index.js'

const unpadded = (octets: number) => Buffer.alloc(octets, 7).toString('base64').replace(/=+$/, '')
const KEY = Buffer.alloc(32, 7).toString('base64')

const argon2 = (parameters: string, salt = 8, hash = unpadded(32)) =>
  `$argon2id$v=19$${parameters}$${unpadded(salt)}$${hash}`
const scrypt = (parameters: string, salt = 8, hash = unpadded(32)) =>
  `$scrypt$${parameters}$${unpadded(salt)}$${hash}`
const digits = (count: number) => 'x'.repeat(count)
const yescrypt = (parameters: string) => `$y$j${parameters}$abcd$${digits(43)}`
/** Its numbers have five digits, the least first. */
const scryptCrypt = (log: number, r: number, p: number) => {
  const five = (value: number) => [0, 6, 12, 18, 24].map((by) => CRYPT64[(value >> by) & 63]).join('')
  return `$7$${CRYPT64[log]}${five(r)}${five(p)}salt$${digits(43)}`
}
/** N of 128, r of 16. */
const lanes = (p: number) => yescrypt(`4D.${CRYPT64[p - 2]}`)

const READ: readonly (readonly [text: string, limits?: Partial<CredentialLimits>])[] = [
  [argon2('m=8,t=1,p=1')],
  [argon2('m=2040,t=1,p=255')],
  [argon2('m=64,t=65536,p=1')],
  [argon2('m=8,t=1,p=1', 8, unpadded(16))],
  [argon2('m=8,t=1,p=1', 8, unpadded(512))],
  [scrypt('ln=1,r=1,p=1', 1, unpadded(16))],
  [scrypt('ln=1,r=1,p=1', 1, unpadded(512))],
  [scrypt('ln=22,r=2,p=4')],
  [scrypt('ln=1,r=256,p=1')],
  [scrypt('ln=1,r=1,p=256')],
  [scryptCrypt(22, 2, 4)],
  [scryptCrypt(4, 256, 1)],
  [scryptCrypt(4, 2, 128)],
  [yescrypt('/nD')],
  [yescrypt('7..nC')],
  [`$2b$04$${digits(53)}`],
  [`$2b$16$${digits(53)}`],
  [`$5$rounds=1000$salt$${digits(43)}`],
  [`$P$5${digits(30)}`],
  [`$pbkdf2-sha256$1$AA$${unpadded(16)}`],
  [`{SSHA}${Buffer.alloc(21, 7).toString('base64')}`],
  [lanes(18), { yescryptMemory: 262_144, scryptLanes: 65_536 }],
]

const REFUSED: readonly (readonly [
  text: string,
  problem: StoredCredentialProblem,
  message: string,
  limits?: Partial<CredentialLimits>,
])[] = [
  [argon2('m=64,t=1,p=0'), 'malformed', 'Argon2: p: at least 1'],
  [argon2('m=2048,t=1,p=256'), 'limit', 'Argon2: p: at most 255'],
  [argon2('m=15,t=1,p=2'), 'malformed', 'Argon2: m: at least 16'],
  [argon2('m=1048577,t=1,p=1'), 'limit', 'Argon2: m: at most 1048576'],
  [argon2('m=64,t=0,p=1'), 'malformed', 'Argon2: t: at least 1'],
  [argon2('m=64,t=65537,p=1'), 'limit', 'Argon2: t: at most 65536'],
  [argon2('m=064,t=1,p=1'), 'malformed', 'Argon2: m is no number'],
  [argon2(`m=${'9'.repeat(400)},t=1,p=1`), 'limit', 'Argon2: m: at most 1048576'],
  [argon2('m=64,t=1,p=1', 7), 'malformed', 'Argon2: salt: at least 8 octets'],
  [argon2('m=64,t=1,p=1', 1025), 'limit', 'Argon2: salt: at most 1024 octets'],
  ...[unpadded(15), unpadded(513), 'A'.repeat(25)].flatMap(
    (hash) =>
      [
        [argon2('m=64,t=1,p=1', 8, hash), 'malformed', 'Argon2: the hash is not 16 to 512 octets in base64'],
        [scrypt('ln=1,r=1,p=1', 8, hash), 'malformed', 'scrypt: the hash is not 16 to 512 octets in base64'],
      ] as const,
  ),
  [scrypt('ln=0,r=1,p=1'), 'malformed', 'scrypt: ln: at least 1'],
  [scrypt('ln=32,r=1,p=1'), 'limit', 'scrypt: ln: at most 31'],
  [scrypt('ln=4,r=0,p=1'), 'malformed', 'scrypt: r: at least 1'],
  [scrypt('ln=22,r=3,p=1'), 'limit', 'scrypt: r: at most 2'],
  [scrypt('ln=1,r=257,p=1'), 'limit', 'scrypt: r: at most 256'],
  [scrypt('ln=1,r=1,p=257'), 'limit', 'scrypt: p: at most 256'],
  [scrypt('ln=1,r=1,p=16777215'), 'limit', 'scrypt: p: at most 256'],
  [scrypt('ln=1,r=128,p=3'), 'limit', 'scrypt: p: at most 2'],
  [scrypt('ln=4,r=1,p=0'), 'malformed', 'scrypt: p: at least 1'],
  [scrypt('ln=22,r=2,p=5'), 'limit', 'scrypt: p: at most 4'],
  [scryptCrypt(0, 1, 1), 'malformed', 'scrypt (crypt): the logarithm of N: at least 1'],
  [scryptCrypt(4, 0, 1), 'malformed', 'scrypt (crypt): r: at least 1'],
  [scryptCrypt(22, 3, 1), 'limit', 'scrypt (crypt): r: at most 2'],
  [scryptCrypt(4, 257, 1), 'limit', 'scrypt (crypt): r: at most 256'],
  [scryptCrypt(4, 1, 0), 'malformed', 'scrypt (crypt): p: at least 1'],
  [scryptCrypt(22, 2, 5), 'limit', 'scrypt (crypt): p: at most 4'],
  [scryptCrypt(4, 2, 129), 'limit', 'scrypt (crypt): p: at most 128'],
  [yescrypt('..'), 'malformed', 'yescrypt: the logarithm of N: at least 2'],
  [yescrypt('ET'), 'limit', 'yescrypt: r: at most 16'],
  [yescrypt('/nE'), 'limit', 'yescrypt: r: at most 256'],
  [yescrypt('/xvrD'), 'limit', 'yescrypt: r: at most 256'],
  [yescrypt('8..nD'), 'limit', 'yescrypt: p: at most 256'],
  [yescrypt('DT/2'), 'limit', 'yescrypt: t: at most 4'],
  // Without more passes there is work too.
  [yescrypt('DT'), 'limit', 'yescrypt: r: at most 16', { yescryptWork: 134_217_728 }],
  [lanes(19), 'limit', 'yescrypt: p: at most 18', { yescryptMemory: 262_144, scryptLanes: 65_536 }],
  [`$2b$03$${digits(53)}`, 'malformed', 'bcrypt: cost: at least 4'],
  [`$2b$17$${digits(53)}`, 'limit', 'bcrypt: cost: at most 16'],
  [`$5$rounds=999$salt$${digits(43)}`, 'malformed', 'sha256-crypt: rounds: at least 1000'],
  [`$6$rounds=5000001$salt$${digits(86)}`, 'limit', 'sha512-crypt: rounds: at most 5000000'],
  [`$P$4${digits(30)}`, 'malformed', 'phpass: rounds: at least 128'],
  [`$P$L${digits(30)}`, 'limit', 'phpass: rounds: at most 5000000'],
  [`$pbkdf2-sha256$0$AA$${unpadded(16)}`, 'malformed', 'PBKDF2: iterations: at least 1'],
  [`$pbkdf2-sha256$i=1,l=31$AA$${unpadded(32)}`, 'malformed', 'PBKDF2: l is not the length of the key'],
  [`$pbkdf2-sha256$i=1,l=032$AA$${unpadded(32)}`, 'malformed', 'PBKDF2: l is not the length of the key'],
  [`$pbkdf2-sha256$1$$${unpadded(16)}`, 'malformed', 'PBKDF2: salt: at least 1 octets'],
  ['$pbkdf2-', 'malformed', 'PBKDF2: not $pbkdf2-sha256$iterations$salt$key'],
  [`pbkdf2_sha256$0$salt$${KEY}`, 'malformed', 'PBKDF2 (Django): iterations: at least 1'],
  [`{PBKDF2-SHA256}0$AA$${unpadded(32)}`, 'malformed', 'PBKDF2 (OpenLDAP): iterations: at least 1'],
  [`{PBKDF2}$1$salt$0$${'ab'.repeat(20)}`, 'malformed', 'PBKDF2 (Dovecot): iterations: at least 1'],
  ['{SHA}AAAA', 'malformed', 'sha: digest: not 20 octets in its encoding'],
  ['{SSHA}AAAA', 'malformed', 'ssha: digest: not 20 octets in its encoding'],
  ['{SSHA}AAAAAAAAAAAAAAAAAAAAAAAAAAA=', 'malformed', 'ssha: salt: at least 1 octets'],
]

for (const [text, limits] of READ)
  test(`${text.slice(0, 40)} is read`, () => {
    assert.equal(parseStoredCredential(text, { limits }).text, text)
  })

for (const [text, problem, message, limits] of REFUSED)
  test(`${text.slice(0, 40)}: ${message}`, () => {
    assert.throws(() => parseStoredCredential(text, { limits }), {
      name: 'StoredCredentialError',
      problem,
      message,
    })
  })
