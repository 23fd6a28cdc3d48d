import { type Octets, utf8 } from '../octets.js'

/** HMAC (RFC 2104) on any hash that takes `block` octets at once. */
export const hmacOn =
  (digest: (data: Uint8Array) => Octets, block: number) =>
  (key: Uint8Array, data: Uint8Array | string): Octets => {
    const short = key.length > block ? digest(key) : key
    const keyed = (pad: number, message: Uint8Array): Octets => {
      const whole = new Uint8Array(block + message.length).fill(pad, 0, block)
      for (let i = 0; i < short.length; i++) whole[i]! ^= short[i]!
      whole.set(message, block)
      const result = digest(whole)
      whole.fill(0) // the key is in it
      return result
    }
    return keyed(0x5c, keyed(0x36, typeof data === 'string' ? utf8(data) : data))
  }
