import { random } from '#crypto'
import { base64, type Octets, utf8 } from '../../octets.js'

/** In base64, 24 characters. */
const OCTETS = 18
const CHARACTERS = 24
const AT_ONCE = 128

let nonces: Octets = new Uint8Array(0)
let used = 0

/** 144 random bits in printable characters (RFC 5802 section 5.1). Many are written at once, which is far cheaper. */
export function newNonce(): Octets {
  if (used === nonces.length) {
    nonces = utf8(base64(random(AT_ONCE * OCTETS)))
    used = 0
  }
  used += CHARACTERS
  return nonces.slice(used - CHARACTERS, used)
}

const LONGEST = 1024

/** printable = %x21-2B / %x2D-7E. */
const PRINTABLE = /^[\x21-\x2b\x2d-\x7e]+$/

/** What a caller's own function made. @throws RangeError when no message can carry it. */
export function requireNonce(nonce: string): Octets {
  if (nonce.length > LONGEST || !PRINTABLE.test(nonce))
    throw new RangeError('nonce must be printable ASCII without ","')
  return utf8(nonce)
}
