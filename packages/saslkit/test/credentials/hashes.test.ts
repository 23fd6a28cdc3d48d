/** Hashes that a credential may ask for and no runtime has, against what libxcrypt 4.4.33 makes, each in little time. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { bigCrypt, desCrypt } from '../../src/credentials/hashes/des-crypt.js'
import { md4 } from '../../src/credentials/hashes/md4.js'
import { md5Crypt } from '../../src/credentials/hashes/md5-crypt.js'
import { pwxform, TABLES } from '../../src/credentials/hashes/pwxform.js'
import { shaCrypt } from '../../src/credentials/hashes/sha-crypt.js'
import { isLarge } from '../../src/credentials/hashes/yescrypt.js'
import { parseStoredCredential, verifyPassword } from '../../src/credentials/index.js'
import { hex, utf8 } from '../../src/octets.js'

for (const [password, text] of [
  ['pencil', 'abJ32bJMdTsnY'],
  ['tanstaaf', 'ZzdIBJBRReUR.'],
  ['pässwörd', './vYBXr45rAoM'],
  ['abcdefghXYZ', '9AkeU0sZjw1s6'],
] as const)
  test(`DES with the salt ${text.slice(0, 2)}`, () => {
    assert.equal(desCrypt(utf8(password), text.slice(0, 2)), text.slice(2))
  })

for (const [count, digits] of [
  [8, 'K8pb9Xbj6rE'],
  [9, 'K8pb9Xbj6rE8.4riTUIkzg'],
  [16, 'K8pb9Xbj6rEfTVKNk22KDA'],
  [26, 'K8pb9Xbj6rEfTVKNk22KDAp6DPAYSGY7620RQpRcA8Ew'],
] as const)
  test(`bigcrypt of ${count} octets`, async () => {
    assert.equal(await bigCrypt(utf8('abcdefghijklmnopqrstuvwxyz'.slice(0, count)), 'Zq'), digits)
  })

test('bigcrypt fits just as many pieces as are kept', async () => {
  const alphabet = 'abcdefghijklmnopqrstuvwxyz'
  const stored = parseStoredCredential('ZqK8pb9Xbj6rEfTVKNk22KDA', { hint: 'crypt' })
  for (const [count, fits] of [
    [8, false],
    [9, false],
    [16, true],
    [17, false],
    [26, false],
  ] as const)
    assert.equal(await verifyPassword(stored, alphabet.slice(0, count)), fits, `${count} octets`)
  assert.equal(await verifyPassword(stored, alphabet.slice(0, 16).padEnd(200, 'x')), false)
})

test('MD4 has the digests of RFC 1320 appendix A.5', () => {
  for (const [data, digest] of [
    ['', '31d6cfe0d16ae931b73c59d7e0c089c0'],
    ['a', 'bde52cb31de33e46245e05fbdbd6fb24'],
    ['abc', 'a448017aaf21d8525fc10ae87aa6729d'],
    ['message digest', 'd9130a8164549fe818874806e1c7014b'],
    ['abcdefghijklmnopqrstuvwxyz', 'd79e1c308aa5bbcdeea8ed63df412da9'],
    ['ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789', '043f8582f241db351ce627e153e7f0e4'],
    ['1234567890'.repeat(8), 'e33b4ddc9c38f2199c3e7b164fcc0536'],
  ] as const)
    assert.equal(hex(md4(utf8(data))), digest, data)
})

for (const [count, digits] of [
  [16, 'rLNv7fBM/CccD3X.WJtxl0'],
  [17, '.9JMu59E71m0Oy.MJm9H71'],
  [32, 'NLpCLgA.RQyxEsUGx9Cgn0'],
] as const)
  test(`MD5-crypt of ${count} octets`, async () => {
    assert.equal(await md5Crypt(utf8('x'.repeat(count)), 'abcdefgh', '$1$'), digits)
  })

for (const [hash, salt, rounds, digits] of [
  ['SHA-256', '', 1000, '2EF1B1Mk8OaaN0abJUc4A3xu4H1i4K2eu7sLUx57gd0'],
  ['SHA-256', 'abcd', 2048, 'uqMSxmVB0nnmumfrfAeVYZjk2sJEjTx5ihvZm9b3dgA'],
  [
    'SHA-512',
    '',
    1000,
    'j5MDTZvdZbeISLPurO19ugBqNiCbndm/LFsxwLl4uboyhwoKhReS4qECYxJQrrboUGx49mNwU9v.F7vUQfeew.',
  ],
  [
    'SHA-512',
    'abcdefghijklmnop',
    1000,
    'jkThl1VAasdypqaTvYdCkR0X3QY8Fva8.zKiUm6cZMlMTfylwxtNyTh/BrUGmbfw.lLIq/zQc5HKhIzRWiUY/0',
  ],
] as const)
  test(`SHA-crypt of ${hash} with the salt "${salt}" and ${rounds} rounds`, async () => {
    assert.equal(await shaCrypt(hash, utf8('pencil'), salt, rounds), digits)
  })

test('of zeroes, pwxform makes zeroes: no product carries', () => {
  const blocks = new Int32Array(32)
  pwxform(new Int32Array(TABLES)).mix(blocks, 2)
  assert.deepEqual(blocks, new Int32Array(32))
})

test('yescrypt precedes 16 MiB a lane by a 64th of it, from 256 blocks on', () => {
  // libxcrypt makes what we make of the first six.
  for (const [N, r, p, large] of [
    [256, 512, 1, true],
    [256, 511, 1, false],
    [128, 1024, 1, false],
    [512, 512, 2, true],
    [512, 511, 2, false],
    [4096, 32, 1, true],
    [512, 256, 2, false],
    [64, 8192, 4, false],
  ] as const)
    assert.equal(isLarge({ N, r, p, t: 0 }), large, `N=${N}, r=${r}, p=${p}`)
})
