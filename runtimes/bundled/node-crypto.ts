/**
 * What judges the library's hashes where node:crypto is not: @noble/hashes. It tells something of SHA-256 and HMAC, which
 * the library has its own of; of the other hashes, which are the same there, only the test vectors do.
 */
import { hmac } from '@noble/hashes/hmac.js'
import { md5, sha1 } from '@noble/hashes/legacy.js'
import { sha224, sha256, sha384, sha512 } from '@noble/hashes/sha2.js'
import { sha3_512 } from '@noble/hashes/sha3.js'
import { Buffer } from 'buffer/index.js'

const HASHES = { md5, sha1, sha224, sha256, sha384, sha512, 'sha3-512': sha3_512 } as const

interface Hash {
  update(data: Uint8Array | string): this
  digest(): Uint8Array
  digest(encoding: BufferEncoding): string
}

function hashNamed(algorithm: string): (typeof HASHES)[keyof typeof HASHES] {
  const hash = HASHES[algorithm.toLowerCase() as keyof typeof HASHES]
  if (!hash) throw new Error(`there is no ${algorithm} here`)
  return hash
}

function hashOver(finish: (data: Uint8Array) => Uint8Array): Hash {
  const chunks: Uint8Array[] = []
  function digest(): Uint8Array
  function digest(encoding: BufferEncoding): string
  function digest(encoding?: BufferEncoding): Uint8Array | string {
    const found = Buffer.from(finish(Buffer.concat(chunks)))
    return encoding ? found.toString(encoding) : found
  }
  return {
    update(data) {
      chunks.push(typeof data === 'string' ? Buffer.from(data) : data)
      return this
    },
    digest,
  }
}

export function createHash(algorithm: string): Hash {
  const hash = hashNamed(algorithm)
  return hashOver((data) => hash(Uint8Array.from(data)))
}

export function createHmac(algorithm: string, key: Uint8Array | string): Hash {
  const hash = hashNamed(algorithm)
  const octets = Uint8Array.from(typeof key === 'string' ? Buffer.from(key) : key)
  return hashOver((data) => hmac(hash, octets, Uint8Array.from(data)))
}

/** Tests ask whether there is one. */
export const argon2 = undefined
