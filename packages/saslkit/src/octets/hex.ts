import { text } from '#octets'
import type { Octets } from './octets.js'

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
