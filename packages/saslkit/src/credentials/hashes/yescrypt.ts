/**
 * yescrypt (Solar Designer, version 1.1), with the flags that everybody uses. It builds on scrypt (RFC 7914), and ends as
 * SCRAM's keys do: what is kept is a StoredKey.
 */
import { hashFunction } from '#crypto'
import type { HashFunction } from '../../crypto/hash.js'
import { concat, type Octets, utf8 } from '../../octets.js'
import { breathe } from './breathe.js'
import { type YescryptCost, yescryptMix } from './yescrypt-mix.js'

/** HMACs between two breaths: some 3 ms. */
const SLICE = 512

/** PBKDF2 (RFC 8018 section 5.2) of one iteration, for lengths that are multiples of the digest's. */
async function stretch(
  { hmac, size }: HashFunction,
  key: Octets,
  salt: Octets,
  length: number,
  signal: AbortSignal | undefined,
): Promise<Octets> {
  const stretched = new Uint8Array(length)
  for (let i = 1; i * size <= length; i++) {
    const index = new Uint8Array(4)
    new DataView(index.buffer).setUint32(0, i)
    stretched.set(hmac(key, concat(salt, index)), (i - 1) * size)
    if (i % SLICE === 0) await breathe(signal)
  }
  return stretched
}

async function derive(
  sha256: HashFunction,
  label: string,
  password: Octets,
  salt: Octets,
  cost: YescryptCost,
  signal: AbortSignal | undefined,
): Promise<Octets> {
  let key = sha256.hmac(utf8(label), password)
  const lanes = await stretch(sha256, key, salt, 128 * cost.r * cost.p, signal)
  key = lanes.slice(0, 32)
  await yescryptMix(lanes, cost, key, signal)
  return stretch(sha256, key, lanes, 32, signal)
}

/** What takes much memory is preceded by what takes a 64th of it, so that a wrong use is cheap. */
export const isLarge = ({ N, r, p }: YescryptCost): boolean =>
  N / p >= 0x100 && Math.floor(N / p) * r >= 0x20000

/**
 * @returns 32 octets.
 * @throws `signal.reason` when aborted.
 */
export async function yescrypt(
  password: Octets,
  salt: Octets,
  cost: YescryptCost,
  signal?: AbortSignal,
): Promise<Octets> {
  const sha256 = await hashFunction('SHA-256')
  const input = isLarge(cost)
    ? await derive(sha256, 'yescrypt-prehash', password, salt, { ...cost, N: cost.N / 64, t: 0 }, signal)
    : password
  const derived = await derive(sha256, 'yescrypt', input, salt, cost, signal)
  return sha256.digest(sha256.hmac(derived, utf8('Client Key')))
}
