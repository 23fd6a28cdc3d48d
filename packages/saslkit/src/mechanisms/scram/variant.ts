import type { ScramHash } from '../../directory.js'

/** What follows "SCRAM-" in the mechanism's name: the hash, and whether the exchange is bound to its channel. */
export type ScramVariant = ScramHash | `${ScramHash}-PLUS`

export const isPlus = (variant: ScramVariant): variant is `${ScramHash}-PLUS` => variant.endsWith('-PLUS')

export const hashOf = (variant: ScramVariant): ScramHash =>
  (isPlus(variant) ? variant.slice(0, -'-PLUS'.length) : variant) as ScramHash

const HASHES: readonly string[] = ['SHA-1', 'SHA-224', 'SHA-256', 'SHA-384', 'SHA-512', 'SHA3-512']

/** @throws RangeError for what is no variant. */
export function requireVariant(variant: string): asserts variant is ScramVariant {
  if (!HASHES.includes(hashOf(variant as ScramVariant)))
    throw new RangeError(`a SCRAM variant is one of ${HASHES.join(', ')}, alone or with -PLUS`)
}
