/**
 * What `saslkit` exports of octets.ts. Callers may get the types wrong; mechanisms, which do all day what these do, do not.
 */

import type { Octets } from './octets.js'
import * as octet from './octets.js'
import { requireOctets } from './require-octets.js'

/** RFC 4648 section 4, with padding. @throws TypeError for what is no octets. */
export const base64 = (octets: Uint8Array): string => octet.base64(requireOctets(octets, 'what base64 takes'))

/**
 * Undefined where the text is not base64 by the letter of RFC 4648 section 4: that alphabet, padded, trailing bits
 * zero (section 3.5), so that each octet string has one form.
 *
 * @throws TypeError for what is no text.
 */
export const fromBase64 = (encoded: string): Octets | undefined =>
  octet.fromBase64(requireString(encoded, 'what fromBase64 takes'))

/**
 * Decodes UTF-8, from `start` up to `end` (as `subarray` takes them), or throws `malformed`: a mechanism never guesses at
 * ill-formed text.
 *
 * @throws TypeError for what is no octets.
 */
export const text = (octets: Uint8Array, start?: number, end?: number): string =>
  octet.text(requireOctets(octets, 'what text takes').subarray(start, end))

/**
 * Encodes text as UTF-8.
 *
 * @throws TypeError for what is no text, and on a lone surrogate: encoders turn it into U+FFFD, so that different passwords
 *   would collide.
 */
export const utf8 = (text: string): Octets => octet.utf8(requireString(text, 'what utf8 takes'))

function requireString(value: string, what: string): string {
  if (typeof value !== 'string') throw new TypeError(`${what} must be text; pass a string`)
  return value
}
