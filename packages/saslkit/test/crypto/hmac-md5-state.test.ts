import assert from 'node:assert/strict'
import { createHmac } from 'node:crypto'
import { test } from 'node:test'
import { hmacMd5FromState, hmacMd5State } from '../../src/crypto/hmac-md5-state.js'
import { hex } from '../../src/octets.js'
import { fromHex, readVectors } from '../vectors.js'

const { hmac_md5: vectors } = readVectors<{
  hmac_md5: { source: string; key_hex: string; data_hex: string; digest: string }[]
}>('public/cram-md5.json')

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
