import { md5 as nobleMd5, sha1 } from '@noble/hashes/legacy.js'
import { pbkdf2Async } from '@noble/hashes/pbkdf2.js'
import { sha224, sha384, sha512 } from '@noble/hashes/sha2.js'
import { sha3_512 } from '@noble/hashes/sha3.js'
import type { CHash } from '@noble/hashes/utils.js'
import type { Octets } from '../octets.js'
import type { HashFunction, HashName } from './hash.js'
import { hmacMd5, md5 } from './md5.js'
import type { webHash, webPbkdf2 } from './web-hash.js'

/** For the hashes that WebCrypto lacks: yields to the event loop every 4 ms of work. */
const noblePbkdf2 =
  (hash: CHash): HashFunction['pbkdf2'] =>
  async (password, salt, iterations) =>
    (await pbkdf2Async(hash, password, salt, {
      c: iterations,
      dkLen: hash.outputLen,
      asyncTick: 4,
    })) as Octets

/**
 * All but SHA-256. Given what the two need in common: bundlers put shared modules into files of their own, and most bundles
 * would have to fetch those for hashes that they never ask for.
 */
export function moreHashes(
  make: typeof webHash,
  pbkdf2: typeof webPbkdf2,
): Readonly<Record<Exclude<HashName, 'SHA-256'>, HashFunction>> {
  const nobleHash = (name: HashName, hash: CHash, derive = noblePbkdf2(hash)): HashFunction =>
    make(name, hash.outputLen, hash.blockLen, (data) => hash(data) as Octets, derive)
  return {
    MD5: { ...nobleHash('MD5', nobleMd5), digest: md5, hmac: hmacMd5 },
    'SHA-1': nobleHash('SHA-1', sha1, pbkdf2('SHA-1', 20)),
    'SHA-224': nobleHash('SHA-224', sha224),
    'SHA-384': nobleHash('SHA-384', sha384, pbkdf2('SHA-384', 48)),
    'SHA-512': nobleHash('SHA-512', sha512, pbkdf2('SHA-512', 64)),
    'SHA3-512': nobleHash('SHA3-512', sha3_512),
  }
}
