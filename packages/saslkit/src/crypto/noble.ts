import { hmac } from '@noble/hashes/hmac.js'
import type { CHash } from '@noble/hashes/utils.js'
import { type Octets, utf8 } from '../octets.js'
import type { HashFunction, HashName } from './hash.js'
import { type Slots, slots } from './slots.js'

type Pbkdf2 = HashFunction['pbkdf2']

/** As on Node: bounded at work and in waiting. */
export const derivations: Slots = slots(3, 4096)

export const nobleHash = (name: HashName, hash: CHash, pbkdf2: Pbkdf2): HashFunction => ({
  name,
  size: hash.outputLen,
  digest: (data) => hash(data) as Octets,
  hmac: (key, data) => hmac(hash, key, typeof data === 'string' ? utf8(data) : data) as Octets,
  pbkdf2: (password, salt, iterations, signal) =>
    derivations.run(() => pbkdf2(password, salt, iterations), signal),
})

/** For the hashes that WebCrypto has. */
export const webPbkdf2 =
  (name: 'SHA-1' | 'SHA-256' | 'SHA-384' | 'SHA-512', size: number): Pbkdf2 =>
  async (password, salt, iterations) => {
    const key = await crypto.subtle.importKey('raw', password as Octets, 'PBKDF2', false, ['deriveBits'])
    const parameters = { name: 'PBKDF2', hash: name, salt: salt as Octets, iterations }
    return new Uint8Array(await crypto.subtle.deriveBits(parameters, key, size * 8))
  }
