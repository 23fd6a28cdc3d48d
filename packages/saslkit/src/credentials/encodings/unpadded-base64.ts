import { base64, fromBase64, type Octets } from '../../octets.js'

/** Base64 without padding (the PHC string format's B64). Undefined where it is not that by the letter. */
export function fromUnpadded(encoded: string): Octets | undefined {
  if (encoded.includes('=')) return undefined
  return fromBase64(encoded + '='.repeat((4 - (encoded.length % 4)) % 4))
}

export const unpadded = (octets: Uint8Array): string => base64(octets).replace(/=+$/, '')

/** passlib's and OpenLDAP's: unpadded, "." for "+". Both are read. */
export const fromAb64 = (encoded: string): Octets | undefined => fromUnpadded(encoded.replaceAll('.', '+'))

export const ab64 = (octets: Uint8Array): string => unpadded(octets).replaceAll('+', '.')
