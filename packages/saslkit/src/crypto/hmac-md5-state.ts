/**
 * HMAC-MD5 from its two inner states (RFC 2195 section 2: a server may keep the result of hashing the padded key, and
 * then the password itself is not there to be stolen). 32 octets: outer then inner, as Dovecot's CRAM-MD5 scheme and
 * Cyrus have them.
 */
import { _MD5 } from '@noble/hashes/legacy.js'
import { concatBytes } from '@noble/hashes/utils.js'
import type { Octets } from '../octets.js'

const BLOCK = 64

/** An MD5 that has taken one block already. */
class Resumable extends _MD5 {
  state(): Octets {
    const words = new DataView(new ArrayBuffer(16))
    this.get().forEach((word, i) => {
      words.setUint32(4 * i, word, true)
    })
    return new Uint8Array(words.buffer)
  }

  resume(state: Uint8Array): this {
    const words = new DataView(state.buffer, state.byteOffset, 16)
    this.set(
      words.getInt32(0, true),
      words.getInt32(4, true),
      words.getInt32(8, true),
      words.getInt32(12, true),
    )
    this.length = BLOCK
    return this
  }
}

/**
 * What CRAM-MD5 can be checked against in place of the password.
 *
 * @param key the password's UTF-8, prepared; any length. It is the caller's, and not changed.
 * @returns 32 octets: the outer state, then the inner.
 */
export function hmacMd5State(key: Uint8Array): Octets {
  const short = key.length > BLOCK ? new _MD5().update(key).digest() : key
  const padded = (pad: number): Octets => {
    const block = new Uint8Array(BLOCK).fill(pad)
    short.forEach((octet, i) => {
      block[i] = octet ^ pad
    })
    return new Resumable().update(block).state()
  }
  return concatBytes(padded(0x5c), padded(0x36)) as Octets
}

/**
 * HMAC-MD5 (RFC 2104) of the data, 16 octets, from what `hmacMd5State` made of the key.
 *
 * @throws RangeError when the state is not 32 octets.
 */
export function hmacMd5FromState(state: Uint8Array, data: Uint8Array): Octets {
  if (state.length !== 32) throw new RangeError('an HMAC-MD5 state is 32 octets, outer then inner')
  const inner = new Resumable().resume(state.subarray(16)).update(data).digest()
  return new Resumable().resume(state.subarray(0, 16)).update(inner).digest() as Octets
}
