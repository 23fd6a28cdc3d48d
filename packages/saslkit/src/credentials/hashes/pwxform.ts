/** What yescrypt has in place of scrypt's Salsa20/8: multiplications and lookups in tables that change as they are used. */
import { salsa20 } from './salsa20.js'

const ROUNDS = 6
/** Words of one of the three tables: 256 rows of two 64-bit lanes. */
const TABLE = 1024
/** Of a word that chooses a row: its offset in octets. */
const ROW = 0xff0

/** Words of the three tables together. */
export const TABLES: number = 3 * TABLE

export interface Pwxform {
  /** Mixes `count` blocks of 16 words, in place (blockmix_pwxform of the yescrypt specification). */
  mix(blocks: Int32Array, count: number): void
}

/** @param tables 3,072 words; they become its own. */
export function pwxform(tables: Int32Array): Pwxform {
  const order: [number, number, number] = [2 * TABLE, TABLE, 0]
  let written = 0
  const block = new Int32Array(16)

  return {
    mix(blocks, count) {
      block.set(blocks.subarray(16 * (count - 1), 16 * count))
      for (let i = 0; i < count; i++) {
        const at = 16 * i
        for (let k = 0; k < 16; k++) block[k]! ^= blocks[at + k]!
        written = transform(block, tables, order, written)
        if (i === count - 1) salsa20(block, 1)
        blocks.set(block, at)
      }
    },
  }
}

/**
 * Each of the eight 64-bit lanes is multiplied out of its own halves, added to and combined with rows that the first lane
 * of its pair chooses. 32-bit integers throughout: the engine keeps them in registers.
 */
function transform(
  block: Int32Array,
  tables: Int32Array,
  order: [number, number, number],
  written: number,
): number {
  const [s0, s1, s2] = order
  let write = s2 + written
  for (let round = 0; round < ROUNDS; round++) {
    for (let at = 0; at < 16; at += 4) {
      const row0 = s0 + ((block[at]! & ROW) >>> 2)
      const row1 = s1 + ((block[at + 1]! & ROW) >>> 2)
      for (let lane = 0; lane < 4; lane += 2) {
        const low = block[at + lane]!
        const high = block[at + lane + 1]!
        const a = low & 0xffff
        const b = low >>> 16
        const c = high & 0xffff
        const d = high >>> 16
        const middle = (Math.imul(a, d) + (Math.imul(a, c) >>> 16)) | 0
        const middle2 = (Math.imul(b, c) + (middle & 0xffff)) | 0
        const addend = tables[row0 + lane]!
        const sum = (Math.imul(low, high) + addend) | 0
        const carry = sum >>> 0 < addend >>> 0 ? 1 : 0
        const product = (Math.imul(b, d) + (middle >>> 16) + (middle2 >>> 16)) | 0
        const top = (product + tables[row0 + lane + 1]! + carry) | 0
        block[at + lane] = sum ^ tables[row1 + lane]!
        block[at + lane + 1] = top ^ tables[row1 + lane + 1]!
      }
    }
    if (round === 0 || round === ROUNDS - 1) continue
    for (let k = 0; k < 16; k++) tables[write++] = block[k]!
  }
  order[0] = s2
  order[1] = s0
  order[2] = s1
  return write & (TABLE - 1)
}
