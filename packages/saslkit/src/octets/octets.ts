/** Octet strings: the only thing that crosses between the two halves of a mechanism. */
export type Octets = Uint8Array<ArrayBuffer>

/** No octets: an empty message, which is not the same as none. */
export const EMPTY: Octets = new Uint8Array(0)

/** The same octets as a plain array, of which a slice is a copy: a slice of Node's Buffer goes on being the Buffer's. */
export const plainOctets = (octets: Uint8Array): Octets =>
  (octets.constructor === Uint8Array
    ? octets
    : new Uint8Array(octets.buffer, octets.byteOffset, octets.byteLength)) as Octets

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

/** @returns `target`, changed. @throws RangeError on unequal lengths. */
export function xorInto(target: Octets, other: Uint8Array): Octets {
  if (target.length !== other.length) throw new RangeError('xor of unequal lengths')
  for (let i = 0; i < target.length; i++) target[i]! ^= other[i]!
  return target
}
