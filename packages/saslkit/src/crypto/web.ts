/**
 * The crypto seam everywhere but on Node: WebCrypto for randomness and PBKDF2, and hashes that answer at once. SHA-256
 * comes along; the others, of @noble/hashes, are loaded when first asked for, so that a bundle carries what it uses.
 */
import type { Awaitable } from '../awaitable.js'
import type { HashFunction, HashName } from './hash.js'
import { sha256 } from './sha256.js'
import { webHash, webPbkdf2 } from './web-hash.js'

export { random } from './pool.js'
export { sameOctets } from './same-octets.js'
export { derivations } from './web-hash.js'

const loaded = new Map<HashName, Awaitable<HashFunction>>([
  ['SHA-256', webHash('SHA-256', 32, 64, sha256, webPbkdf2('SHA-256', 32))],
])

export function hashFunction(name: HashName): Awaitable<HashFunction> {
  const known = loaded.get(name)
  if (known) return known
  const coming = import('./more-hashes.js').then((more) => {
    const hash = more.MORE_HASHES[name as Exclude<HashName, 'SHA-256'>]
    loaded.set(name, hash)
    return hash
  })
  loaded.set(name, coming)
  coming.catch(() => loaded.delete(name)) // a chunk that failed to load may load the next time
  return coming
}
