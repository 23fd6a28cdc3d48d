import type { ScramHash } from '../directory.js'
import { isScramHash, SCRAM_HASHES } from '../mechanisms/scram/hashes.js'

/** @throws RangeError for what is no hash of SCRAM: a mechanism's name, for one. */
export function requireScramHash(hash: string, what = 'hash'): ScramHash {
  if (!isScramHash(hash)) throw new RangeError(`${what} must be one of ${SCRAM_HASHES.join(', ')}`)
  return hash
}

/** @throws TypeError for what is no list, RangeError for what is no hash in it. */
export function requireScramHashes(hashes: readonly ScramHash[], what: string): void {
  if (!Array.isArray(hashes)) throw new TypeError(`${what} must be a list: ['SHA-256']`)
  for (const hash of hashes) requireScramHash(hash, `each of ${what}`)
}
