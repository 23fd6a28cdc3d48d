/** The two implementations of the crypto seam, side by side. */
import type { Awaitable } from '../../src/awaitable.js'
import type { HashFunction, HashName } from '../../src/crypto/hash.js'
import * as node from '../../src/crypto/node.js'
import * as web from '../../src/crypto/web.js'
import type { Octets } from '../../src/octets.js'

interface Seam {
  hashFunction(name: HashName): Awaitable<HashFunction>
  random(length: number): Octets
  newNonce(): Octets
  sameOctets(octets: Uint8Array, others: Uint8Array, start?: number, end?: number): boolean
}

export const SEAMS: readonly (readonly [name: string, seam: Seam])[] = [
  ['node:crypto', node],
  ['WebCrypto', web],
]

export const HASHES: readonly HashName[] = [
  'MD5',
  'SHA-1',
  'SHA-224',
  'SHA-256',
  'SHA-384',
  'SHA-512',
  'SHA3-512',
]
