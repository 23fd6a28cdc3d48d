/** crypt(3) takes strings that end at NUL: a password with one fits no hash of it, be it a hash of just that. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { scrypt } from '#slow-hashes'
import { crypt64 } from '../../src/credentials/encodings/crypt64.js'
import { bigCrypt, desCrypt } from '../../src/credentials/hashes/des-crypt.js'
import { md5Crypt } from '../../src/credentials/hashes/md5-crypt.js'
import { shaCrypt } from '../../src/credentials/hashes/sha-crypt.js'
import { yescrypt } from '../../src/credentials/hashes/yescrypt.js'
import { parseStoredCredential, verifyPassword } from '../../src/credentials/index.js'
import { type Octets, utf8 } from '../../src/octets.js'

const MADE: readonly (readonly [scheme: string, make: (password: Octets) => Promise<string>])[] = [
  ['des-crypt', async (password) => `ab${desCrypt(password, 'ab')}`],
  ['bigcrypt', async (password) => `ab${await bigCrypt(password, 'ab')}`],
  ['md5-crypt', async (password) => `$1$salt$${await md5Crypt(password, 'salt', '$1$')}`],
  [
    'sha256-crypt',
    async (password) => `$5$rounds=1000$salt$${await shaCrypt('SHA-256', password, 'salt', 1000)}`,
  ],
  [
    'yescrypt',
    async (password) =>
      `$y$j/.$/6k.$${crypt64(await yescrypt(password, Uint8Array.of(1, 2, 3), { N: 4, r: 1, p: 1, t: 0 }))}`,
  ],
  [
    'scrypt',
    async (password) =>
      `$7$2/..../....salt$${crypt64(await scrypt(password, utf8('salt'), { N: 16, r: 1, p: 1, size: 32 }))}`,
  ],
]

for (const [scheme, make] of MADE)
  test(scheme, async () => {
    for (const [password, fits] of [
      ['pencilpencil', true],
      ['pencil\0pencil', false],
    ] as const) {
      const stored = parseStoredCredential(await make(utf8(password)), { hint: 'crypt' })
      assert.equal(stored.scheme, scheme)
      assert.equal(await verifyPassword(stored, password), fits)
    }
  })
