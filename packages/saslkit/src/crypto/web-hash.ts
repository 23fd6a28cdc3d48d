import { SaslError } from '../errors.js'
import type { Octets } from '../octets.js'
import type { HashFunction, HashName } from './hash.js'
import { hmacOn } from './hmac.js'
import { type Slots, slots } from './slots.js'

type Pbkdf2 = HashFunction['pbkdf2']

/** As on Node: bounded at work and in waiting. */
export const derivations: Slots = slots(3, 4096)

/** What HashFunction asks for, from a hash that takes `block` octets at once and from a PBKDF2. */
export const webHash = (
  name: HashName,
  size: number,
  block: number,
  digest: (data: Uint8Array) => Octets,
  pbkdf2: Pbkdf2,
): HashFunction => ({
  name,
  size,
  digest,
  hmac: hmacOn(digest, block),
  pbkdf2: (password, salt, iterations, signal) =>
    derivations.run(() => pbkdf2(password, salt, iterations), signal),
})

/** For the hashes that WebCrypto has. What it refuses, this runtime refuses: Cloudflare's, over 100,000 iterations. */
export const webPbkdf2 =
  (hash: 'SHA-1' | 'SHA-256' | 'SHA-384' | 'SHA-512', size: number): Pbkdf2 =>
  async (password, salt, iterations) => {
    const key = await crypto.subtle.importKey('raw', password as Octets, 'PBKDF2', false, ['deriveBits'])
    const parameters = { name: 'PBKDF2', hash, salt: salt as Octets, iterations }
    try {
      return new Uint8Array(await crypto.subtle.deriveBits(parameters, key, size * 8))
    } catch (cause) {
      throw new SaslError('unacceptable', `this runtime refuses ${iterations} iterations`, { cause })
    }
  }
