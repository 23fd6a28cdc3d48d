/**
 * The crypto seam everywhere but on Node: WebCrypto for randomness and PBKDF2, and hashes that answer at once. SHA-256
 * comes along; the others, of @noble/hashes, are loaded when first asked for, so that a bundle carries what it uses.
 */
import type { Awaitable } from '../awaitable.js'
import type { Octets } from '../octets.js'
import type { HashFunction, HashName } from './hash.js'
import { sha256 } from './sha256.js'
import { webHash, webPbkdf2 } from './web-hash.js'

export { sameOctets } from './same-octets.js'
export { derivations } from './web-hash.js'

/** Octets fit for nonces and salts. */
export const random = (length: number): Octets => crypto.getRandomValues(new Uint8Array(length))

const loaded = new Map<HashName, Awaitable<HashFunction>>([
  ['SHA-256', webHash('SHA-256', 32, 64, sha256, webPbkdf2('SHA-256', 32))],
])

export function hashFunction(name: HashName): Awaitable<HashFunction> {
  const known = loaded.get(name)
  if (known) return known
  const coming = import('./more-hashes.js').then((more) => {
    for (const hash of Object.values(more.moreHashes(webHash, webPbkdf2))) loaded.set(hash.name, hash)
    return loaded.get(name)!
  })
  loaded.set(name, coming)
  coming.catch(() => loaded.delete(name)) // a chunk that failed to load may load the next time
  return coming
}
