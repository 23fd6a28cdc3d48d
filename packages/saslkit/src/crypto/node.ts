/**
 * The crypto seam on Node: node:crypto, with HMAC as two one-shot hashes, which is its fastest form there, and MD5 of our
 * own, which is faster still (bench/parts.ts).
 */
import { availableParallelism } from 'node:os'
import { EMPTY, type Octets } from '../octets.js'
import { extendNonce } from './extend-nonce.js'
import type { HashFunction, HashName } from './hash.js'
import { hmacMd5, md5 } from './md5.js'
import { type Slots, slots } from './slots.js'

export { random } from './pool.js'
export { sameOctets } from './same-octets.js'

/** A client's nonce: 144 random bits in printable characters (RFC 5802 section 5.1). */
export const newNonce = (): Octets => extendNonce(EMPTY, 0, 0)

/**
 * libuv has four threads for the file system, DNS and this: one stays free, so that logins do not hold up a file
 * read. The bound on waiting is of all verifiers together. Shared with the password hashes of credentials/.
 */
export const derivations: Slots = slots(Math.min(3, Math.max(2, availableParallelism() - 1)), 4096)

type NodeCrypto = typeof import('node:crypto')

/** Any encoding will do, whatever the types say: half as many characters, two octets in each, are the quickest to read. */
const PAIRS = 'utf16le' as 'binary'

/**
 * A digest in PAIRS, the lower octet first: of all that node:crypto can return, what costs least (bench/parts.ts). One-shot
 * hashes came with Node 20.12; in older runtimes that take the "node" condition, a hash object serves.
 */
const oneShotOf = ({ hash, createHash }: NodeCrypto): ((algorithm: string, data: Uint8Array) => string) =>
  typeof hash === 'function'
    ? (algorithm, data) => hash(algorithm, data, PAIRS)
    : (algorithm, data) => createHash(algorithm).update(data).digest(PAIRS)

const encoder = new TextEncoder()

/** The longest block and digest here, and the longest message that is hashed in place. */
const BLOCK = 128
const SIZE = 64
const LONGEST = 8192

// RFC 2104's two pads, ending at BLOCK, and what is hashed after each. One for all hashes: a key is in them during one
// synchronous call, and at rest the inner is zero. V8 makes much of what never changes, so these stand at the top.
const inner = new Uint8Array(BLOCK + LONGEST)
const outer = new Uint8Array(BLOCK + SIZE)
const innerPad = new Int32Array(inner.buffer, 0, BLOCK / 4)
const outerPad = new Int32Array(outer.buffer, 0, BLOCK / 4)
const message = inner.subarray(BLOCK)

/** Four octets at a time, which takes a third of the time (bench/parts.ts). */
function pad(key: Uint8Array, block: number): void {
  inner.set(key, BLOCK - block)
  for (let i = (BLOCK - block) / 4; i < BLOCK / 4; i++) {
    const four = innerPad[i]!
    innerPad[i] = four ^ 0x36363636
    outerPad[i] = four ^ 0x5c5c5c5c
  }
}

function wipe(): void {
  for (let i = 0; i < BLOCK / 4; i++) {
    innerPad[i] = 0
    outerPad[i] = 0
  }
}

/** @returns how many octets the message has. */
function place(data: Uint8Array | string): number {
  if (typeof data === 'string') return encoder.encodeInto(data, message).written
  message.set(data)
  return data.length
}

function write(pairs: string, target: Uint8Array, at: number): void {
  for (let i = 0; i < pairs.length; i++) {
    const pair = pairs.charCodeAt(i)
    target[at + 2 * i] = pair
    target[at + 2 * i + 1] = pair >> 8
  }
}

function octetsOf(pairs: string): Octets {
  const octets = new Uint8Array(2 * pairs.length)
  write(pairs, octets, 0)
  return octets
}

/** Views cost as much as a short digest, so those of usual lengths are kept. */
const KEPT = 512

function hashFunctionOf(
  crypto: NodeCrypto,
  name: HashName,
  algorithm: string,
  size: number,
  block: number,
): HashFunction {
  const oneShot = oneShotOf(crypto)
  const start = BLOCK - block
  const padded = outer.subarray(start, BLOCK + size)
  const kept: (Uint8Array | undefined)[] = Array(KEPT).fill(undefined)
  function filled(length: number): Uint8Array {
    const view = kept[length] ?? inner.subarray(start, BLOCK + length)
    if (length < KEPT) kept[length] = view
    return view
  }

  const digest = (data: Uint8Array): Octets => octetsOf(oneShot(algorithm, data))

  function hmac(key: Uint8Array, data: Uint8Array | string): Octets {
    // A character may take three octets.
    if (3 * data.length > LONGEST)
      return new Uint8Array(crypto.createHmac(algorithm, key).update(data).digest())
    const short = key.length > block ? digest(key) : key
    try {
      pad(short, block)
      write(oneShot(algorithm, filled(place(data))), outer, BLOCK)
      return octetsOf(oneShot(algorithm, padded))
    } finally {
      wipe()
    }
  }

  return {
    name,
    size,
    digest,
    hmac,
    pbkdf2: (password, salt, iterations, signal) =>
      derivations.run(() => pbkdf2(crypto, algorithm, size, password, salt, iterations), signal),
  }
}

function pbkdf2(
  crypto: NodeCrypto,
  algorithm: string,
  size: number,
  password: Uint8Array,
  salt: Uint8Array,
  iterations: number,
): Promise<Octets> {
  return new Promise<Octets>((resolve, reject) => {
    crypto.pbkdf2(password, salt, iterations, size, algorithm, (error, key) =>
      error ? reject(error) : resolve(new Uint8Array(key)),
    )
  })
}

function everyHash(): Readonly<Record<HashName, HashFunction>> {
  const crypto = process.getBuiltinModule('node:crypto')
  return {
    MD5: { ...hashFunctionOf(crypto, 'MD5', 'md5', 16, 64), digest: md5, hmac: hmacMd5 },
    'SHA-1': hashFunctionOf(crypto, 'SHA-1', 'sha1', 20, 64),
    'SHA-224': hashFunctionOf(crypto, 'SHA-224', 'sha224', 28, 64),
    'SHA-256': hashFunctionOf(crypto, 'SHA-256', 'sha256', 32, 64),
    'SHA-384': hashFunctionOf(crypto, 'SHA-384', 'sha384', 48, 128),
    'SHA-512': hashFunctionOf(crypto, 'SHA-512', 'sha512', 64, 128),
    'SHA3-512': hashFunctionOf(crypto, 'SHA3-512', 'sha3-512', 64, 72),
  }
}

let hashes: ReturnType<typeof everyHash> | undefined

/** node:crypto takes a quarter of Node's own start to load, which programs that hash nothing need not spend. */
export function hashFunction(name: HashName): HashFunction {
  hashes ??= everyHash()
  return hashes[name]
}
