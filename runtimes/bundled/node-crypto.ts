/** What judges the library's hashes where node:crypto is not: SHA-256 of @noble/hashes, which the library has its own of. */
import { hmac } from '@noble/hashes/hmac.js'
import { sha256 } from '@noble/hashes/sha2.js'
import { Buffer } from 'buffer/index.js'

interface Hash {
  update(data: Uint8Array | string): this
  digest(): Uint8Array
  digest(encoding: BufferEncoding): string
}

const octets = (data: Uint8Array | string): Uint8Array =>
  typeof data === 'string' ? new TextEncoder().encode(data) : data

function required(algorithm: string): void {
  if (algorithm.toLowerCase().replace('-', '') !== 'sha256')
    throw new Error(`no ${algorithm} to compare with here`)
}

function hashOver(state: { update(data: Uint8Array): unknown; digest(): Uint8Array }): Hash {
  function digest(): Uint8Array
  function digest(encoding: BufferEncoding): string
  function digest(encoding?: BufferEncoding): Uint8Array | string {
    const found = Buffer.from(state.digest())
    return encoding ? found.toString(encoding) : found
  }
  return {
    update(data) {
      state.update(octets(data))
      return this
    },
    digest,
  }
}

export function createHash(algorithm: string): Hash {
  required(algorithm)
  return hashOver(sha256.create())
}

export function createHmac(algorithm: string, key: Uint8Array | string): Hash {
  required(algorithm)
  return hashOver(hmac.create(sha256, octets(key)))
}

/** Here no test may draw on more. */
export const argon2 = undefined
