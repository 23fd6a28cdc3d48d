import type { ScramHash } from '../../directory.js'

/** The hashes of the SCRAM family, strongest first: passwords are checked by the first there is. */
export const SCRAM_HASHES: readonly ScramHash[] = [
  'SHA3-512',
  'SHA-512',
  'SHA-384',
  'SHA-256',
  'SHA-224',
  'SHA-1',
]

export const isScramHash = (name: string): name is ScramHash => SCRAM_HASHES.some((hash) => hash === name)
