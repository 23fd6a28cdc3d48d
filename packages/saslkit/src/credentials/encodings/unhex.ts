import type { Octets } from '../../octets.js'

/** Hexadecimal in either case. Undefined where it is not that. */
export function unhex(digits: string): Octets | undefined {
  if (digits.length % 2 || !/^[0-9A-Fa-f]*$/.test(digits)) return undefined
  const octets = new Uint8Array(digits.length / 2)
  for (let i = 0; i < octets.length; i++) octets[i] = Number.parseInt(digits.slice(2 * i, 2 * i + 2), 16)
  return octets
}
