import type { Octets } from './octets.js'

/** Of another realm, as in some test runners, octets are no instance of this one's Uint8Array. */
export const isOctets = (value: unknown): value is Octets =>
  ArrayBuffer.isView(value) && (value as Uint8Array)[Symbol.toStringTag] === 'Uint8Array'

/** @throws TypeError for what is no octets: text has a length too, and would be taken for so many zeros. */
export function requireOctets<T extends Uint8Array>(octets: T, what: string): T {
  if (!isOctets(octets)) throw new TypeError(`${what} must be octets; pass a Uint8Array`)
  return octets
}
