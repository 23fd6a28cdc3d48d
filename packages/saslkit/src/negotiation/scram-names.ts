import { SCRAM_HASHES } from '../mechanisms/scram/hashes.js'
import type { ScramVariant } from '../mechanisms/scram/variant.js'

/** The SCRAM family, strongest first: bound before not, then by hash. */
export const SCRAM_VARIANTS: readonly ScramVariant[] = [
  ...SCRAM_HASHES.map((hash): ScramVariant => `${hash}-PLUS`),
  ...SCRAM_HASHES,
]
