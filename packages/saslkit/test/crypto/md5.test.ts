/** Our own MD5 against RFC 1321's and RFC 2202's examples and node:crypto, at every length around its blocks. */
import assert from 'node:assert/strict'
import { createHash, createHmac } from 'node:crypto'
import { test } from 'node:test'
import { hmacMd5FromState, hmacMd5State } from '../../src/crypto/hmac-md5-state.js'
import { hmacMd5, md5 } from '../../src/crypto/md5.js'
import { hex, utf8 } from '../../src/octets.js'
import { fromHex, readVectors } from '../vectors.js'

const { hmac_md5: vectors } = readVectors<{
  hmac_md5: { source: string; key_hex: string; data_hex: string; digest: string }[]
}>('public/cram-md5.json')

const octets = (length: number): Uint8Array =>
  Uint8Array.from({ length }, (_, i) => (i * 31 + length + (i >> 5)) & 255)

test('MD5 of the examples of RFC 1321, appendix A.5', () => {
  const examples = [
    ['', 'd41d8cd98f00b204e9800998ecf8427e'],
    ['a', '0cc175b9c0f1b6a831c399e269772661'],
    ['abc', '900150983cd24fb0d6963f7d28e17f72'],
    ['message digest', 'f96b697d7cb7938d525a2f31aaf161d0'],
    ['abcdefghijklmnopqrstuvwxyz', 'c3fcd3d76192e4007dfb496cca67e13b'],
    ['ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789', 'd174ab98d277d9f5a5611c2c9f419d9f'],
    [`${'1234567890'.repeat(8)}`, '57edf4a22be3c955ac49da2e2107b67a'],
  ] as const
  for (const [message, digest] of examples) assert.equal(hex(md5(utf8(message))), digest)
})

test('MD5 is that of node:crypto at every length to five blocks, and of a megabyte, wherever it stands', () => {
  for (const length of [...Array(321).keys(), 1 << 20]) {
    const room = new Uint8Array(length + 5)
    room.set(octets(length), 3)
    const digest = createHash('md5').update(octets(length)).digest('hex')
    assert.equal(hex(md5(room.subarray(3, 3 + length))), digest, String(length))
    assert.deepEqual(room.subarray(3, 3 + length), octets(length), 'it is as it was')
  }
})

test('HMAC-MD5 is that of node:crypto, whatever the lengths', () => {
  for (const keyLength of [0, 1, 15, 16, 63, 64, 65, 200])
    for (const length of [0, 1, 31, 55, 56, 63, 64, 65, 119, 128, 300])
      assert.equal(
        hex(hmacMd5(octets(keyLength), octets(length))),
        createHmac('md5', octets(keyLength)).update(octets(length)).digest('hex'),
        `key ${keyLength}, data ${length}`,
      )
})

test('HMAC-MD5 from its states is that of RFC 2202', () => {
  for (const { source, key_hex, data_hex, digest } of vectors)
    assert.equal(hex(hmacMd5FromState(hmacMd5State(fromHex(key_hex)), fromHex(data_hex))), digest, source)
})

test('HMAC-MD5 from its states takes keys and data of any length', () => {
  for (const length of [0, 1, 55, 56, 63, 64, 65, 200])
    for (const size of [0, 1, 55, 56, 63, 64, 65, 1000]) {
      const key = new Uint8Array(length).fill(length)
      const data = new Uint8Array(size).fill(size)
      const expected = createHmac('md5', key).update(data).digest('hex')
      assert.equal(hex(hmacMd5FromState(hmacMd5State(key), data)), expected, `key ${length}, data ${size}`)
    }
})

test('a state may be used more than once, and stand inside a larger buffer', () => {
  const key = new Uint8Array(20).fill(0xaa)
  const room = new Uint8Array(64)
  room.set(hmacMd5State(key), 7)
  const state = room.subarray(7, 39)
  const data = new Uint8Array(50).fill(0xdd)
  const expected = createHmac('md5', key).update(data).digest('hex')
  assert.equal(hex(hmacMd5FromState(state, data)), expected)
  assert.equal(hex(hmacMd5FromState(state, data)), expected)
})

test('a state that is not 32 octets is refused', () => {
  for (const length of [0, 16, 31, 33])
    assert.throws(() => hmacMd5FromState(new Uint8Array(length), new Uint8Array(0)), RangeError)
})

test('text is no octets, and neither is a list of numbers', () => {
  for (const wrong of ['0123456789abcdef0123456789abcdef', [1, 2], undefined] as never[]) {
    assert.throws(() => hmacMd5State(wrong), /^TypeError: a key must be octets; pass a Uint8Array$/)
    assert.throws(
      () => hmacMd5FromState(wrong, new Uint8Array(0)),
      /^TypeError: an HMAC-MD5 state must be octets/,
    )
    assert.throws(() => hmacMd5FromState(new Uint8Array(32), wrong), /^TypeError: data must be octets/)
  }
})
