import { type Octets, utf8 } from '../octets.js'

/** HMAC (RFC 2104) on any hash: `size` octets come out of it, and it takes `block` at once. */
export const hmacOn =
  (digest: (data: Uint8Array) => Octets, size: number, block: number) =>
  (key: Uint8Array, data: Uint8Array | string): Octets => {
    const message = typeof data === 'string' ? utf8(data) : data
    const inner = new Uint8Array(block + message.length).fill(0x36, 0, block)
    const outer = new Uint8Array(block + size).fill(0x5c, 0, block)
    const short = key.length > block ? digest(key) : key
    for (let i = 0; i < short.length; i++) {
      inner[i]! ^= short[i]!
      outer[i]! ^= short[i]!
    }
    inner.set(message, block)
    outer.set(digest(inner), block)
    const result = digest(outer)
    inner.fill(0, 0, block) // the key
    outer.fill(0)
    return result
  }
