import { random, sameOctets } from '#crypto'
import { hmacSha256 } from '../crypto/sha256.js'
import type { Octets } from '../octets.js'

/** Under a key of this process alone, so that the digests are of no use to anybody. Workers have no randomness on import. */
let digest: ReturnType<typeof hmacSha256> | undefined

/**
 * Compares secrets of any length in time that tells nothing of where they differ, nor of their lengths beyond what hashing
 * them takes: both are keyed and hashed first.
 */
export function sameSecret(one: Octets, other: Octets): boolean {
  digest ??= hmacSha256(random(32))
  return sameOctets(digest(one), digest(other))
}
