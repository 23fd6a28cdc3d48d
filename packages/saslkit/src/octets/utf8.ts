import { malformed } from '../errors.js'
import type { Octets } from './octets.js'
import { decoded, SHORT } from './shelf.js'

const encoder = new TextEncoder()

/**
 * Encodes text as UTF-8.
 *
 * @throws TypeError on a lone surrogate: encoders turn it into U+FFFD, so that different passwords would collide.
 */
export function utf8(text: string): Octets {
  const { length } = text
  if (length > SHORT) return encodeAny(text)
  const octets = new Uint8Array(length)
  return writeAscii(text, octets) ? octets : encodeAny(text)
}

/** False where the text is not ASCII alone. */
export function writeAscii(text: string, target: Uint8Array): boolean {
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i)
    if (code > 0x7f) return false
    target[i] = code
  }
  return true
}

function encodeAny(text: string): Octets {
  if (!text.isWellFormed()) throw new TypeError('pass well-formed text without lone surrogates')
  return encoder.encode(text)
}

/** Decodes UTF-8, from `start` up to `end`, or throws `malformed`: a mechanism never guesses at ill-formed text. */
export function text(octets: Uint8Array, start = 0, end: number = octets.length): string {
  try {
    return decoded(octets, start, end)
  } catch {
    throw malformed('not UTF-8')
  }
}
