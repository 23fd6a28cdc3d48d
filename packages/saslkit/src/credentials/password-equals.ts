import { hashFunction, random, sameOctets } from '#crypto'
import { type Awaitable, andThen } from '../awaitable.js'
import { utf8 } from '../octets.js'

/** Of this process alone, so that the digests compared are of no use to anybody. */
const KEY = random(32)

/**
 * Compares passwords in time that tells nothing of where they differ, nor of their lengths beyond what hashing them
 * takes: both are keyed and hashed first.
 */
export const passwordEquals = (one: string, other: string): Awaitable<boolean> =>
  andThen(hashFunction('SHA-256'), (sha256) =>
    sameOctets(sha256.hmac(KEY, utf8(one)), sha256.hmac(KEY, utf8(other))),
  )
