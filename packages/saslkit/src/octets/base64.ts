import { binary } from './binary.js'
import type { Octets } from './octets.js'
import { SHORT, shelf, shelved } from './shelf.js'

const encoder = new TextEncoder()

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'
const CODES = Uint8Array.from(ALPHABET, (character) => character.charCodeAt(0))
const PADDING = 0x3d
const NONE = 64

/** RFC 4648 section 4, with padding. */
export function base64(octets: Uint8Array): string {
  if (octets.length > 3 * SHORT) return btoa(binary(octets))
  const length = base64Length(octets)
  writeBase64(octets, shelf, 0)
  const characters = shelved(length)
  for (let i = 0; i < length; i++) shelf[i] = 0
  return characters
}

/** How many characters base64 makes of the octets. */
export const base64Length = ({ length }: Uint8Array): number => 4 * Math.ceil(length / 3)

/** Writes the base64 of the octets, from `at` on. */
export function writeBase64(octets: Uint8Array, target: Uint8Array, at: number): void {
  const { length } = octets
  const whole = length - (length % 3)
  let place = at
  for (let i = 0; i < whole; i += 3, place += 4) {
    const bits = (octets[i]! << 16) | (octets[i + 1]! << 8) | octets[i + 2]!
    target[place] = CODES[bits >> 18]!
    target[place + 1] = CODES[(bits >> 12) & 63]!
    target[place + 2] = CODES[(bits >> 6) & 63]!
    target[place + 3] = CODES[bits & 63]!
  }
  if (whole === length) return
  const two = whole + 1 < length
  const bits = (octets[whole]! << 16) | (two ? octets[whole + 1]! << 8 : 0)
  target[place] = CODES[bits >> 18]!
  target[place + 1] = CODES[(bits >> 12) & 63]!
  target[place + 2] = two ? CODES[(bits >> 6) & 63]! : PADDING
  target[place + 3] = PADDING
}

/** What each octet stands for, or NONE. */
const SEXTETS = new Uint8Array(256).fill(NONE)
for (let bits = 0; bits < CODES.length; bits++) SEXTETS[CODES[bits]!] = bits

/**
 * Undefined where the text is not base64 by the letter of RFC 4648 section 4: that alphabet, padded, trailing bits
 * zero (section 3.5), so that each octet string has one form.
 */
export function fromBase64(encoded: string): Octets | undefined {
  const octets = encoder.encode(encoded)
  return fromBase64Within(octets, 0, octets.length)
}

/** The same of the octets from `start` up to `end`. */
export function fromBase64Within(encoded: Uint8Array, start: number, end: number): Octets | undefined {
  const length = end - start
  if (length % 4 !== 0) return undefined
  const padding = length === 0 || encoded[end - 1] !== PADDING ? 0 : encoded[end - 2] !== PADDING ? 1 : 2
  const octets = new Uint8Array((length / 4) * 3 - padding)
  const sextet = (i: number): number => SEXTETS[encoded[i]!]!
  let seen = 0
  let at = 0
  let i = start
  for (const whole = end - (padding && 4); i < whole; i += 4, at += 3) {
    const a = sextet(i)
    const b = sextet(i + 1)
    const c = sextet(i + 2)
    const d = sextet(i + 3)
    seen |= a | b | c | d
    octets[at] = (a << 2) | (b >> 4)
    octets[at + 1] = (b << 4) | (c >> 2)
    octets[at + 2] = (c << 6) | d
  }
  let trailing = 0
  if (padding) {
    const a = sextet(i)
    const b = sextet(i + 1)
    const c = padding === 1 ? sextet(i + 2) : 0
    seen |= a | b | c
    octets[at] = (a << 2) | (b >> 4)
    if (padding === 1) octets[at + 1] = (b << 4) | (c >> 2)
    trailing = padding === 1 ? c & 3 : b & 15
  }
  return seen & NONE || trailing ? undefined : octets
}
