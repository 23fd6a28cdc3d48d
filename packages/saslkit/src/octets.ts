import { fromBase64 } from '#octets'
import { malformed } from './errors.js'
import type { Octets } from './octets/octets.js'

export { base64, draft, fromBase64, fromBase64Within, text, utf8 } from '#octets'
export { binary, fromBinary } from './octets/binary.js'
export { hex, hexOctets } from './octets/hex.js'
export { concat, EMPTY, type Octets, plainOctets, xorInto } from './octets/octets.js'

/** Decodes base64, or throws `malformed`. */
export function unbase64(encoded: string): Octets {
  const octets = fromBase64(encoded)
  if (!octets) throw malformed('not base64')
  return octets
}
