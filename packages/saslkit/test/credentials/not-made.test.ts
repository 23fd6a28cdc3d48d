/** What is made for nobody, or for who insists alone. All of it is refused before any work. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { allowBroken, type MakeScheme, makeStoredCredential } from '../../src/credentials/index.js'

const BROKEN =
  'ssha512 ssha384 ssha256 ssha smd5 sha512 sha384 sha256 sha md5 md4 cleartext cram-md5 digest-md5'
const CRYPT = 'bcrypt yescrypt sha512-crypt sha256-crypt md5-crypt apr1'

test('what can be undone is made only for who allows it', async () => {
  for (const scheme of BROKEN.split(' ') as MakeScheme[])
    for (const allowed of [false, undefined])
      await assert.rejects(
        makeStoredCredential('pencil', { scheme, username: 'tim', [allowBroken]: allowed }),
        /^RangeError: .*undone/,
        scheme,
      )
})

test('crypt(3) is given no NUL', async () => {
  for (const scheme of CRYPT.split(' ') as MakeScheme[])
    await assert.rejects(
      makeStoredCredential('a\0b', { scheme, rounds: 1000, preparation: 'none' }),
      /^RangeError: crypt\(3\)/,
      scheme,
    )
})
