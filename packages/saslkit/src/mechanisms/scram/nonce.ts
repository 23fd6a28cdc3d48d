import { type Octets, utf8 } from '../../octets.js'
import { COMMA } from './attributes.js'

const LONGEST = 1024

/** printable = %x21-2B / %x2D-7E (RFC 5802 section 7), one and more. */
export function isNonce(octets: Octets, start = 0, end: number = octets.length): boolean {
  for (let i = start; i < end; i++) {
    const octet = octets[i]!
    if (octet < 0x21 || octet > 0x7e || octet === COMMA) return false
  }
  return start < end && end - start <= LONGEST
}

/** What a caller's own function made. @throws RangeError when no message can carry it. */
export function requireNonce(nonce: string): Octets {
  const octets = utf8(nonce)
  if (!isNonce(octets)) throw new RangeError('nonce must be printable ASCII without ","')
  return octets
}
