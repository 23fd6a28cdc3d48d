import { base64, EMPTY, type Octets, utf8 } from '../octets.js'
import { afterSnapshot } from './after-snapshot.js'

/** In base64, 24 characters. */
const OCTETS = 18
const CHARACTERS = 24
const AT_ONCE = 128

let nonces = EMPTY
let used = 0

/**
 * 144 random bits in printable characters (RFC 5802 section 5.1), behind those that stand in the message from `start` up to
 * `end`. Many are written at once, which is far cheaper.
 */
export function extendNonce(message: Octets, start: number, end: number): Octets {
  if (used === nonces.length) {
    nonces = utf8(base64(crypto.getRandomValues(new Uint8Array(AT_ONCE * OCTETS))))
    used = 0
    afterSnapshot(() => {
      used = nonces.length
    })
  }
  const length = end - start
  const nonce = new Uint8Array(length + CHARACTERS)
  for (let i = 0; i < length; i++) nonce[i] = message[start + i]!
  for (let i = length; i < nonce.length; i++) nonce[i] = nonces[used++]!
  return nonce
}
