/**
 * The first crypt(3): DES of a block of zeroes, 25 times over, keyed with seven bits of each of the first eight octets of
 * the password. The salt exchanges bits of the expansion's halves.
 */
import type { Octets } from '../../octets.js'
import { CRYPT64 } from '../encodings/crypt64.js'
import { breathe } from './breathe.js'
import { BOXES, EXPANSION, INITIAL, KEY_CHOICE, KEY_HALVES, KEY_SHIFTS, PERMUTATION } from './des-tables.js'

/** One element a bit, the first bit first. */
type Bits = readonly number[]

const permute = (bits: Bits, table: readonly number[]): Bits => table.map((position) => bits[position - 1]!)

/** The inverse of the initial permutation. */
const FINAL: readonly number[] = INITIAL.map((_, i) => INITIAL.indexOf(i + 1) + 1)

const rotate = (half: Bits, by: number): Bits => [...half.slice(by), ...half.slice(0, by)]

function roundKeys(password: Octets): readonly Bits[] {
  const key = Array.from({ length: 64 }, (_, i) => (((password[i >> 3] ?? 0) << 1) >> (7 - (i % 8))) & 1)
  const halves = permute(key, KEY_HALVES)
  let left: Bits = halves.slice(0, 28)
  let right: Bits = halves.slice(28)
  return KEY_SHIFTS.map((by) => {
    left = rotate(left, by)
    right = rotate(right, by)
    return permute([...left, ...right], KEY_CHOICE)
  })
}

function cipherFunction(half: Bits, key: Bits, expansion: readonly number[]): Bits {
  const mixed = permute(half, expansion).map((bit, i) => bit ^ key[i]!)
  const chosen = BOXES.flatMap((box, i) => {
    const [a, b, c, d, e, f] = mixed.slice(6 * i, 6 * i + 6) as [
      number,
      number,
      number,
      number,
      number,
      number,
    ]
    const value = box[((a << 1) | f) * 16 + ((b << 3) | (c << 2) | (d << 1) | e)]!
    return [value >> 3, (value >> 2) & 1, (value >> 1) & 1, value & 1]
  })
  return permute(chosen, PERMUTATION)
}

/** @param salt its first two characters, digits of crypt(3), count. What comes out are the 11 characters that follow them. */
export function desCrypt(password: Octets, salt: string): string {
  const saltBits = CRYPT64.indexOf(salt[0]!) | (CRYPT64.indexOf(salt[1]!) << 6)
  const expansion = EXPANSION.map((position, i) => {
    const swapped = (saltBits >> (i % 24)) & 1 // of 12 bits, so the first half of each 24 alone
    return swapped ? EXPANSION[(i + 24) % 48]! : position
  })
  const keys = roundKeys(password)
  let block: Bits = new Array<number>(64).fill(0)
  for (let time = 0; time < 25; time++) {
    const start = permute(block, INITIAL)
    let left: Bits = start.slice(0, 32)
    let right: Bits = start.slice(32)
    for (const key of keys) {
      const mixed = cipherFunction(right, key, expansion)
      ;[left, right] = [right, left.map((bit, i) => bit ^ mixed[i]!)]
    }
    block = permute([...right, ...left], FINAL)
  }
  const padded = [...block, 0, 0]
  return Array.from({ length: 11 }, (_, i) => {
    const value = padded.slice(6 * i, 6 * i + 6).reduce((sum, bit) => (sum << 1) | bit, 0)
    return CRYPT64[value]!
  }).join('')
}

/** Pieces of bigcrypt between two breaths: some 5 ms. */
const SLICE = 2

/** Of octets a password has for bigcrypt: 16 pieces of eight. */
export const BIGCRYPT_OCTETS = 128

/**
 * bigcrypt, which libxcrypt takes a long salt to ask for (slappasswd gives it one): eight octets of the password at a
 * time, each piece salted with the first two digits of the one before. Eleven digits come out for each piece.
 *
 * @param pieces how many are kept. No more are worked out; a password that has more comes out longer, and one that has
 *   fewer shorter, so that neither fits. Default all.
 * @throws `signal.reason` when aborted.
 */
export async function bigCrypt(
  password: Octets,
  salt: string,
  pieces: number = Number.POSITIVE_INFINITY,
  signal?: AbortSignal,
): Promise<string> {
  let [digits, next] = ['', salt]
  const its = Math.ceil(Math.min(password.length, BIGCRYPT_OCTETS) / 8)
  for (let piece = 0; piece < Math.min(its, pieces); piece++) {
    if (piece > 0 && piece % SLICE === 0) await breathe(signal)
    next = desCrypt(password.subarray(8 * piece, 8 * piece + 8), next)
    digits += next
  }
  return digits + '.'.repeat(Math.max(0, its - pieces))
}
