import type { ScramHash, ScramVariant } from 'saslkit'

const HASHES: readonly ScramHash[] = ['SHA-1', 'SHA-224', 'SHA-256', 'SHA-384', 'SHA-512', 'SHA3-512']

export const SCRAM_VARIANTS: readonly ScramVariant[] = HASHES.flatMap((hash) => [
  hash,
  `${hash}-PLUS` as const,
])

export const isPlus = (variant: ScramVariant): boolean => variant.endsWith('-PLUS')

export const hashOf = (variant: ScramVariant): ScramHash => variant.replace(/-PLUS$/, '') as ScramHash
