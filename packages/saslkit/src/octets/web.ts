/** The seam everywhere but on Node: the same in few words, for every browser that logs in has to fetch them. */
import { malformed } from '../errors.js'
import { binary, fromBinary } from './binary.js'
import { concat, type Octets } from './octets.js'

/**
 * Encodes text as UTF-8.
 *
 * @throws TypeError on a lone surrogate: encoders turn it into U+FFFD, so that different passwords would collide.
 */
export function utf8(text: string): Octets {
  if (!text.isWellFormed()) throw new TypeError('pass well-formed text without lone surrogates')
  return new TextEncoder().encode(text)
}

/** Decodes UTF-8, from `start` up to `end`, or throws `malformed`: a mechanism never guesses at ill-formed text. */
export function text(octets: Uint8Array, start?: number, end?: number): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(octets.subarray(start, end))
  } catch {
    throw malformed('not UTF-8')
  }
}

/** RFC 4648 section 4, with padding. */
export const base64 = (octets: Uint8Array): string => btoa(binary(octets))

/**
 * Undefined where the text is not base64 by the letter of RFC 4648 section 4: that alphabet, padded, trailing bits
 * zero (section 3.5), so that each octet string has one form.
 */
export function fromBase64(encoded: string): Octets | undefined {
  try {
    const octets = fromBinary(atob(encoded))
    return base64(octets) === encoded ? octets : undefined
  } catch {
    return undefined
  }
}

/** The same of the octets from `start` up to `end`. */
export const fromBase64Within = (encoded: Uint8Array, start: number, end: number): Octets | undefined =>
  fromBase64(binary(encoded.subarray(start, end)))

/** A message in the making, part by part. */
class Draft {
  readonly #parts: Uint8Array[] = []

  /** Text is written as UTF-8. @throws TypeError on a lone surrogate. */
  text(part: string): this {
    return this.octets(utf8(part))
  }

  /** The octets of `part` from `start` up to `end`. */
  octets(part: Uint8Array, start?: number, end?: number): this {
    // Most parts are whole, and views take time.
    this.#parts.push(start === undefined ? part : part.subarray(start, end))
    return this
  }

  base64(part: Uint8Array): this {
    return this.text(base64(part))
  }

  /** The message, which is the caller's. */
  take(): Octets {
    return concat(...this.#parts)
  }

  /** The message, for what is hashed here. */
  lend(): Octets {
    return this.take()
  }
}

/** Begins a message. */
export const draft = (): Draft => new Draft()
