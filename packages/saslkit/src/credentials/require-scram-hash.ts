import type { ScramHash } from '../directory.js'

/** The strongest first. */
export const KNOWN_HASHES: readonly ScramHash[] = [
  'SHA3-512',
  'SHA-512',
  'SHA-384',
  'SHA-256',
  'SHA-224',
  'SHA-1',
]

/** @throws RangeError for what is no hash of SCRAM: a mechanism's name, for one. */
export function requireScramHash(hash: string, what = 'hash'): ScramHash {
  const known = KNOWN_HASHES.find((one) => one === hash)
  if (!known) throw new RangeError(`${what} must be one of ${KNOWN_HASHES.join(', ')}`)
  return known
}

/** @throws TypeError for what is no list, RangeError for what is no hash in it. */
export function requireScramHashes(hashes: readonly ScramHash[], what: string): void {
  if (!Array.isArray(hashes)) throw new TypeError(`${what} must be a list: ['SHA-256']`)
  for (const hash of hashes) requireScramHash(hash, `each of ${what}`)
}
