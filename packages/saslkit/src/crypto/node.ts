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
const KEPT = 512

/** Any encoding will do, whatever the types say: half as many characters, two octets in each, are the quickest to read. */
const PAIRS = 'utf16le' as 'binary'

/**
 * A digest in PAIRS, the lower octet first: of all that node:crypto can return, what costs least (bench/parts.ts). One-shot
 * hashes came with Node 20.12; in older runtimes that take the "node" condition, a hash object serves.
 */
const oneShot: (algorithm: string, data: Uint8Array) => string =
  typeof node.hash === 'function'
    ? (algorithm, data) => node.hash(algorithm, data, PAIRS)
    : (algorithm, data) => node.createHash(algorithm).update(data).digest(PAIRS)

const encoder = new TextEncoder()

function hashFunctionOf(name: HashName, algorithm: string, size: number, block: number): HashFunction {
  // RFC 2104's two pads, each with room for what is hashed after it. A key is in them during one synchronous call; at
  // rest, the inner is zero. Padding four octets at a time takes a quarter of the time.
  const inner = new Uint8Array(SCRATCH)
  const outer = new Uint8Array(block + size)
  const innerPad = new Int32Array(inner.buffer, 0, block / 4)
  const outerPad = new Int32Array(outer.buffer, 0, block / 4)
  const room = inner.subarray(block)

  const views: Uint8Array[] = []
  /** The first octets of the scratch. A view costs as much to make as a short digest, so those of usual lengths are kept. */
  function filled(length: number): Uint8Array {
    if (length > KEPT) return inner.subarray(0, length)
    const kept = views[length] ?? inner.subarray(0, length)
    views[length] = kept
    return kept
  }

  function write(pairs: string, target: Uint8Array, at: number): void {
    for (let i = 0; i < size; i += 2) {
      const pair = pairs.charCodeAt(i >> 1)
      target[at + i] = pair
      target[at + i + 1] = pair >> 8
    }
  }

  function made(pairs: string): Octets {
    const octets = new Uint8Array(size)
    write(pairs, octets, 0)
    return octets
  }

  // V8 keeps short arrays on its own heap, and moves them out, dearly, when asked for their memory. This one is out.
  const aside = new Uint8Array(new ArrayBuffer(size))

  function digest(data: Uint8Array): Octets {
    if (data.length !== size) return made(oneShot(algorithm, data))
    aside.set(data)
    const result = made(oneShot(algorithm, aside))
    aside.fill(0)
    return result
  }

  function hmac(key: Uint8Array, data: Uint8Array | string): Octets {
    // A character may take three octets.
    if (3 * data.length > room.length)
      return new Uint8Array(node.createHmac(algorithm, key).update(data).digest())
    try {
      inner.set(key.length > block ? digest(key) : key)
      for (let i = 0; i < innerPad.length; i++) {
        const four = innerPad[i]!
        innerPad[i] = four ^ 0x36363636
        outerPad[i] = four ^ 0x5c5c5c5c
      }
      if (typeof data !== 'string') room.set(data)
      const written = typeof data === 'string' ? encoder.encodeInto(data, room).written : data.length
      write(oneShot(algorithm, filled(block + written)), outer, block)
      return made(oneShot(algorithm, outer))
    } finally {
      for (let i = 0; i < innerPad.length; i++) {
        innerPad[i] = 0
        outerPad[i] = 0
      }
    }
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
