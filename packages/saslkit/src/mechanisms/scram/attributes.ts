/** SCRAM's attributes (RFC 5802 section 7), found in the octets of a message, which takes half of what patterns take. */
import { malformed } from '../../errors.js'
import { fromBase64Within, type Octets } from '../../octets.js'

export const COMMA = 0x2c
export const EQUALS = 0x3d

/** Where the value ends of the attribute that must stand here: at a comma, or at the end. Its value begins at `at + 2`. */
export function valueEnd(message: Octets, at: number, attribute: string): number {
  let end = at + 2
  while (end < message.length && message[end] !== COMMA) end++
  if (message[at] !== attribute.charCodeAt(0) || message[at + 1] !== EQUALS || end === at + 2)
    throw malformed(`SCRAM attribute "${attribute}" expected`)
  return end
}

/** Decodes the base64 that stands there. */
export function unbase64Within(message: Octets, start: number, end: number): Octets {
  const octets = fromBase64Within(message, start, end)
  if (!octets?.length) throw malformed('not base64')
  return octets
}

/** posit-number: no zero in front; of ten digits at most. */
export function positiveWithin(message: Octets, start: number, end: number): number {
  let number = 0
  for (let i = start; i < end; i++) {
    const digit = message[i]! - 0x30
    number = digit >= (i > start ? 0 : 1) && digit <= 9 ? 10 * number + digit : NaN
  }
  if (!(number < 1e10)) throw malformed('not a positive number')
  return number
}
