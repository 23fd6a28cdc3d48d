import { malformed } from './errors.js'

/** Octet strings: the only thing that crosses between the two halves of a mechanism. */
export type Octets = Uint8Array<ArrayBuffer>

/** No octets: an empty message, which is not the same as none. */
export const EMPTY: Octets = new Uint8Array(0)

const encoder = new TextEncoder()
const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

/** Up to this length V8 keeps octets on its own heap, and a loop over ASCII beats the encoder (bench/parts.ts). */
const SHORT = 64

/**
 * Encodes text as UTF-8.
 *
 * @throws TypeError on a lone surrogate: encoders turn it into U+FFFD, so that different passwords would collide.
 */
export function utf8(text: string): Octets {
  const length = text.length
  if (length > SHORT) return encodeAny(text)
  const octets = new Uint8Array(length)
  for (let i = 0; i < length; i++) {
    const code = text.charCodeAt(i)
    if (code > 0x7f) return encodeAny(text)
    octets[i] = code
  }
  return octets
}

function encodeAny(text: string): Octets {
  if (!text.isWellFormed())
    throw new TypeError('text with a lone surrogate has no UTF-8 form; pass well-formed text')
  return encoder.encode(text)
}

/**
 * Octets to be decoded, where native code reads them: V8 keeps short arrays on its own heap, and moves them out, dearly,
 * for that (bench/parts.ts). Used within one synchronous call.
 */
const shelf = new Uint8Array(256)
const views: Uint8Array[] = []

function shelved(length: number): string {
  const view = views[length] ?? shelf.subarray(0, length)
  views[length] = view
  return decoder.decode(view)
}

function shortText(octets: Uint8Array): string {
  shelf.set(octets)
  const decoded = shelved(octets.length)
  for (let i = 0; i < octets.length; i++) shelf[i] = 0
  return decoded
}

/** Decodes UTF-8, or throws `malformed`: a mechanism never guesses at ill-formed text. */
export function text(octets: Uint8Array): string {
  try {
    return octets.length > SHORT ? decoder.decode(octets) : shortText(octets)
  } catch {
    throw malformed('not UTF-8')
  }
}

export function concat(...parts: readonly Uint8Array[]): Octets {
  let length = 0
  for (const part of parts) length += part.length
  const whole = new Uint8Array(length)
  let at = 0
  for (const part of parts) {
    whole.set(part, at)
    at += part.length
  }
  return whole
}

/** @throws RangeError on unequal lengths. */
export function xor(a: Uint8Array, b: Uint8Array): Octets {
  if (a.length !== b.length) throw new RangeError('xor of unequal lengths')
  const result = new Uint8Array(a.length)
  for (let i = 0; i < a.length; i++) result[i] = a[i]! ^ b[i]!
  return result
}

/** Octets as a string of one character each, U+0000 to U+00FF: what btoa takes. */
export function binary(octets: Uint8Array): string {
  if (octets.length <= 4096) return String.fromCharCode.apply(null, octets as unknown as number[])
  let characters = ''
  for (let at = 0; at < octets.length; at += 4096) characters += binary(octets.subarray(at, at + 4096))
  return characters
}

export function fromBinary(characters: string): Octets {
  const octets = new Uint8Array(characters.length)
  for (let i = 0; i < characters.length; i++) octets[i] = characters.charCodeAt(i)
  return octets
}

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'
const CODES = Uint8Array.from(ALPHABET, (character) => character.charCodeAt(0))
const PADDING = 0x3d
const NONE = 64

/** RFC 4648 section 4, with padding. */
export function base64(octets: Uint8Array): string {
  const { length } = octets
  if (length > 3 * SHORT) return btoa(binary(octets))
  let at = 0
  for (let i = 0; i < length; i += 3) {
    const bits = (octets[i]! << 16) | ((octets[i + 1] ?? 0) << 8) | (octets[i + 2] ?? 0)
    shelf[at++] = CODES[bits >> 18]!
    shelf[at++] = CODES[(bits >> 12) & 63]!
    shelf[at++] = i + 1 < length ? CODES[(bits >> 6) & 63]! : PADDING
    shelf[at++] = i + 2 < length ? CODES[bits & 63]! : PADDING
  }
  return shelved(at)
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
  let bits = 0
  let seen = 0
  for (let i = 0, at = 0; i < length - padding; i++) {
    const sextet = SEXTETS[encoded[start + i]!]!
    seen |= sextet
    bits = (bits << 6) | sextet
    const place = i & 3
    if (place) octets[at++] = bits >> (6 - 2 * place)
  }
  const trailing = bits & ((1 << (2 * padding)) - 1)
  return seen & NONE || trailing ? undefined : octets
}

/** Decodes base64, or throws `malformed`. */
export function unbase64(encoded: string): Octets {
  const octets = fromBase64(encoded)
  if (!octets) throw malformed('not base64')
  return octets
}

const DIGITS = Uint8Array.from('0123456789abcdef', (digit) => digit.charCodeAt(0))

/** Lower-case hexadecimal, as the octets of its digits. */
export function hexOctets(octets: Uint8Array): Octets {
  const digits = new Uint8Array(2 * octets.length)
  for (let i = 0; i < octets.length; i++) {
    const octet = octets[i]!
    digits[2 * i] = DIGITS[octet >> 4]!
    digits[2 * i + 1] = DIGITS[octet & 15]!
  }
  return digits
}

/** Lower-case hexadecimal. */
export const hex = (octets: Uint8Array): string => text(hexOctets(octets))
