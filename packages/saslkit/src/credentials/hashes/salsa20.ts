const rotate = (word: number, by: number): number => (word << by) | (word >>> (32 - by))

/** Where each word of a block in yescrypt's order (word i is the (5 i mod 16)th) finds itself in Salsa20's. */
const NATURAL: readonly number[] = Array.from({ length: 16 }, (_, i) => (5 * i) % 16)

const x = new Int32Array(16)

function quarter(a: number, b: number, c: number, d: number): void {
  x[b]! ^= rotate(x[a]! + x[d]!, 7)
  x[c]! ^= rotate(x[b]! + x[a]!, 9)
  x[d]! ^= rotate(x[c]! + x[b]!, 13)
  x[a]! ^= rotate(x[d]! + x[c]!, 18)
}

/** The Salsa20 core (RFC 7914 section 3) in place, on 16 words in yescrypt's order. */
export function salsa20(words: Int32Array, doubleRounds: number): void {
  for (let i = 0; i < 16; i++) x[NATURAL[i]!] = words[i]!
  for (let round = 0; round < doubleRounds; round++) {
    quarter(0, 4, 8, 12)
    quarter(5, 9, 13, 1)
    quarter(10, 14, 2, 6)
    quarter(15, 3, 7, 11)
    quarter(0, 1, 2, 3)
    quarter(5, 6, 7, 4)
    quarter(10, 11, 8, 9)
    quarter(15, 12, 13, 14)
  }
  for (let i = 0; i < 16; i++) words[i]! += x[NATURAL[i]!]!
}
