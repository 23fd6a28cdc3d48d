/** Our own SHA-256 against FIPS 180-4's examples and node:crypto, at every length around its blocks. */
import assert from 'node:assert/strict'
import { createHash, createHmac } from 'node:crypto'
import { test } from 'node:test'
import { hmacSha256, prf16, sha256 } from '../../src/crypto/sha256.js'
import { hex, type Octets, utf8 } from '../../src/octets.js'

const octets = (length: number): Octets => new Uint8Array(length).map((_, i) => (i * 31 + length) & 255)

test('SHA-256 of the examples of FIPS 180-4', () => {
  const examples = [
    ['', 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'],
    ['abc', 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad'],
    [
      'abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq',
      '248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1',
    ],
  ] as const
  for (const [message, digest] of examples) assert.equal(hex(sha256(utf8(message))), digest)
})

test('SHA-256 is that of node:crypto at every length to five blocks, and of a megabyte', () => {
  for (const length of [...Array(321).keys(), 1 << 20])
    assert.equal(hex(sha256(octets(length))), createHash('sha256').update(octets(length)).digest('hex'))
})

test('HMAC-SHA-256 under a kept key is that of node:crypto, whatever the lengths', () => {
  for (const keyLength of [0, 1, 32, 63, 64, 65, 200]) {
    const hmac = hmacSha256(octets(keyLength))
    for (const length of [0, 1, 31, 55, 56, 63, 64, 65, 119, 128, 300])
      assert.equal(
        hex(hmac(octets(length))),
        createHmac('sha256', octets(keyLength)).update(octets(length)).digest('hex'),
      )
  }
})

test('what SHA-256 is given stays as it was', () => {
  const data = octets(100)
  sha256(data)
  assert.deepEqual(data, octets(100))
})

test('the PRF is half of the SHA-256 of a padded key and the message', () => {
  for (const keyLength of [0, 1, 32, 64]) {
    const prf = prf16(octets(keyLength))
    const block = Buffer.alloc(64)
    block.set(octets(keyLength))
    for (const length of [0, 1, 55, 56, 63, 64, 200]) {
      const whole = createHash('sha256').update(block).update(octets(length)).digest('hex')
      assert.equal(hex(prf(octets(length))), whole.slice(0, 32))
    }
  }
})
