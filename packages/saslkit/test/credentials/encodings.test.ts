import assert from 'node:assert/strict'
import { test } from 'node:test'
import { crypt64, fromCrypt64 } from '../../src/credentials/encodings/crypt64.js'
import { hex } from '../../src/octets.js'
import { fromHex } from '../vectors.js'

test("octets in crypt(3)'s digits, and back", () => {
  for (const [octets, digits] of [
    ['', ''],
    ['01', '/.'],
    ['0102', '/6.'],
    ['010203', '/6k.'],
    ['ffffff', 'zzzz'],
    ['fedcba98', 'ynhiM0'],
    ['fedcba987654', 'ynhiMO5J'],
  ] as const) {
    assert.equal(crypt64(fromHex(octets)), digits)
    assert.equal(hex(fromCrypt64(digits)!), octets)
  }
})

test("what crypt64 never writes is none of crypt(3)'s digits", () => {
  for (const digits of ['.', 'abcd.', 'ab!d', 'abc\u00e9', '!', ' abc', '.5', '/6k.z5', '/6z'])
    assert.equal(fromCrypt64(digits), undefined, digits)
})
