import type { ScramHash } from '../directory.js'
import type { ScramVariant } from '../mechanisms/scram/variant.js'

/** The SCRAM family, strongest first: bound before not, then by hash (security.md section 4.3). */
const HASHES: readonly ScramHash[] = ['SHA3-512', 'SHA-512', 'SHA-384', 'SHA-256', 'SHA-224', 'SHA-1']

export const SCRAM_VARIANTS: readonly ScramVariant[] = [
  ...HASHES.map((hash): ScramVariant => `${hash}-PLUS`),
  ...HASHES,
]
