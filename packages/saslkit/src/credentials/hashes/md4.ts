/** MD4 (RFC 1320), for Dovecot's PLAIN-MD4 alone. Broken in every way a hash can be. */
import type { Octets } from '../../octets.js'

const ORDER = [
  [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15],
  [0, 4, 8, 12, 1, 5, 9, 13, 2, 6, 10, 14, 3, 7, 11, 15],
  [0, 8, 4, 12, 2, 10, 6, 14, 1, 9, 5, 13, 3, 11, 7, 15],
] as const

const SHIFTS = [
  [3, 7, 11, 19],
  [3, 5, 9, 13],
  [3, 9, 11, 15],
] as const

/** The square roots of 2 and 3, times 2 to the 30. */
const CONSTANTS = [0, 0x5a827999, 0x6ed9eba1] as const

const MIX = [
  (x: number, y: number, z: number) => (x & y) | (~x & z),
  (x: number, y: number, z: number) => (x & y) | (x & z) | (y & z),
  (x: number, y: number, z: number) => x ^ y ^ z,
] as const

const rotate = (word: number, by: number): number => (word << by) | (word >>> (32 - by))

export function md4(data: Uint8Array): Octets {
  const padded = new Uint8Array((((data.length + 8) >> 6) + 1) << 6)
  padded.set(data)
  padded[data.length] = 0x80
  const words = new DataView(padded.buffer)
  words.setBigUint64(padded.length - 8, 8n * BigInt(data.length), true)

  const state = [0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476]
  for (let block = 0; block < padded.length; block += 64) {
    let [a, b, c, d] = state as [number, number, number, number]
    for (let round = 0; round < 3; round++)
      for (let i = 0; i < 16; i++) {
        const word = words.getUint32(block + 4 * ORDER[round]![i]!, true)
        const sum = (a + MIX[round]!(b, c, d) + word + CONSTANTS[round]!) | 0
        ;[a, b, c, d] = [d, rotate(sum, SHIFTS[round]![i % 4]!), b, c]
      }
    ;[a, b, c, d].forEach((word, i) => {
      state[i] = (state[i]! + word) | 0
    })
  }
  const digest = new DataView(new ArrayBuffer(16))
  state.forEach((word, i) => {
    digest.setInt32(4 * i, word, true)
  })
  return new Uint8Array(digest.buffer)
}
