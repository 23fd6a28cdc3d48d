import { random, sameOctets } from '#crypto'
import { hmacSha256 } from '../crypto/sha256.js'
import { utf8 } from '../octets.js'

/** Under a key of this process alone, so that the digests are of no use to anybody. Workers have no randomness on import. */
let digest: ReturnType<typeof hmacSha256> | undefined

/**
 * Compares passwords in time that tells nothing of where they differ, nor of their lengths beyond what hashing them
 * takes: both are keyed and hashed first. It answers at once, on every runtime: a promise would be true in any `if`.
 */
export function passwordEquals(one: string, other: string): boolean {
  digest ??= hmacSha256(random(32))
  return sameOctets(digest(utf8(one)), digest(utf8(other)))
}
