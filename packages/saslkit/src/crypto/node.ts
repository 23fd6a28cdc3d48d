/** The crypto seam on Node: node:crypto, with HMAC as two one-shot hashes, which is its fastest form there (bench/parts.ts). */
import * as node from 'node:crypto'
import { availableParallelism } from 'node:os'
import type { Octets } from '../octets.js'
import type { HashFunction, HashName } from './hash.js'
import { type Slots, slots } from './slots.js'

export { random } from './pool.js'

/** Equal octets, in time that depends on the lengths alone. */
export const sameOctets = (a: Uint8Array, b: Uint8Array): boolean =>
  a.length === b.length && node.timingSafeEqual(a, b)

/**
 * libuv has four threads for the file system, DNS and this: one stays free, so that logins do not hold up a file
 * read. The bound on waiting is security.md's global verifier queue. Shared with the password hashes of credentials/.
 */
export const derivations: Slots = slots(Math.min(3, Math.max(2, availableParallelism() - 1)), 4096)

const SCRATCH = 8192

/** Node 20.12 and later; elsewhere (older runtimes that take the "node" condition) a hash object serves. */
const oneShot: (algorithm: string, data: Uint8Array) => string =
  typeof node.hash === 'function'
    ? (algorithm, data) => node.hash(algorithm, data, 'binary')
    : (algorithm, data) => node.createHash(algorithm).update(data).digest('binary')

function hashFunctionOf(name: HashName, algorithm: string, size: number, block: number): HashFunction {
  // RFC 2104's two pads, each with room for what is hashed after it. Only ever used within one synchronous call.
  const inner = new Uint8Array(SCRATCH)
  const outer = new Uint8Array(block + size)

  function write(digest: string, target: Uint8Array, at: number): void {
    for (let i = 0; i < size; i++) target[at + i] = digest.charCodeAt(i)
  }

  function digest(data: Uint8Array): Octets {
    const octets = new Uint8Array(size)
    write(oneShot(algorithm, data), octets, 0)
    return octets
  }

  function hmac(key: Uint8Array, data: Uint8Array): Octets {
    if (block + data.length > SCRATCH)
      return new Uint8Array(node.createHmac(algorithm, key).update(data).digest())
    const short = key.length > block ? digest(key) : key
    for (let i = 0; i < short.length; i++) {
      const octet = short[i]!
      inner[i] = octet ^ 0x36
      outer[i] = octet ^ 0x5c
    }
    inner.fill(0x36, short.length, block)
    outer.fill(0x5c, short.length, block)
    inner.set(data, block)
    write(oneShot(algorithm, inner.subarray(0, block + data.length)), outer, block)
    const result = digest(outer)
    inner.fill(0, 0, block) // the key
    outer.fill(0)
    return result
  }

  return {
    name,
    size,
    digest,
    hmac,
    pbkdf2: (password, salt, iterations, signal) =>
      derivations.run(() => pbkdf2(algorithm, size, password, salt, iterations), signal),
  }
}

function pbkdf2(
  algorithm: string,
  size: number,
  password: Uint8Array,
  salt: Uint8Array,
  iterations: number,
): Promise<Octets> {
  return new Promise<Octets>((resolve, reject) => {
    node.pbkdf2(password, salt, iterations, size, algorithm, (error, key) =>
      error ? reject(error) : resolve(new Uint8Array(key)),
    )
  })
}

const HASHES: Readonly<Record<HashName, HashFunction>> = {
  MD5: hashFunctionOf('MD5', 'md5', 16, 64),
  'SHA-1': hashFunctionOf('SHA-1', 'sha1', 20, 64),
  'SHA-224': hashFunctionOf('SHA-224', 'sha224', 28, 64),
  'SHA-256': hashFunctionOf('SHA-256', 'sha256', 32, 64),
  'SHA-384': hashFunctionOf('SHA-384', 'sha384', 48, 128),
  'SHA-512': hashFunctionOf('SHA-512', 'sha512', 64, 128),
  'SHA3-512': hashFunctionOf('SHA3-512', 'sha3-512', 64, 72),
}

export const hashFunction = (name: HashName): HashFunction => HASHES[name]
