/**
 * The crypto seam everywhere but on Node: WebCrypto for randomness and PBKDF2, and hashes that answer at once. SHA-256
 * comes along; the others, of @noble/hashes, are loaded when first asked for, so that a bundle carries what it uses.
 */
import { type Awaitable, andThen } from '../awaitable.js'
import { base64, type Octets, utf8 } from '../octets.js'
import type { HashFunction, HashName } from './hash.js'
import type { moreHashes } from './more-hashes.js'
import { sha256 } from './sha256.js'
import { webHash, webPbkdf2 } from './web-hash.js'

export { sameOctets } from './same-octets.js'
export { derivations } from './web-hash.js'

/** Octets fit for nonces and salts. */
export const random = (length: number): Octets => crypto.getRandomValues(new Uint8Array(length))

/** A client's nonce: 144 random bits in printable characters (RFC 5802 section 5.1). */
export const newNonce = (): Octets => utf8(base64(random(18)))

const SHA_256 = webHash('SHA-256', 32, 64, sha256, webPbkdf2('SHA-256', 32))

let loaded: ReturnType<typeof moreHashes> | undefined

export const hashFunction = (name: HashName): Awaitable<HashFunction> =>
  name === 'SHA-256' ? SHA_256 : andThen(loaded ?? load(), (hashes) => hashes[name])

/** A chunk that failed to load may load the next time. */
const load = (): Promise<ReturnType<typeof moreHashes>> =>
  import('./more-hashes.js').then((more) => (loaded ??= more.moreHashes(webHash, webPbkdf2)))
