import type { ScramHash } from '../../directory.js'

/** What follows "SCRAM-" in the mechanism's name: the hash, and whether the exchange is bound to its channel. */
export type ScramVariant = ScramHash | `${ScramHash}-PLUS`

export const isPlus = (variant: ScramVariant): variant is `${ScramHash}-PLUS` => variant.endsWith('-PLUS')

export const hashOf = (variant: ScramVariant): ScramHash => variant.replace('-PLUS', '') as ScramHash

/** @throws RangeError for what is no variant. */
export function requireVariant(variant: string): asserts variant is ScramVariant {
  if (!/^SHA(-(1|224|256|384|512)|3-512)(-PLUS)?$/.test(variant))
    throw new RangeError('a SCRAM variant is SHA-(1|224|256|384|512) or SHA3-512, alone or with -PLUS')
}
