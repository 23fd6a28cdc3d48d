import { random } from '#crypto'
import { base64 } from '../../octets.js'
import { isNonce } from './messages.js'

/** 18 octets are 24 characters, and need no padding. */
const OCTETS = 18
const CHARACTERS = 24
const AT_ONCE = 128

let nonces = ''
let used = 0

/** 18 random octets in base64 (RFC 5802 section 5.1). Many are encoded at once, which is cheaper than one by one. */
export function newNonce(): string {
  if (used === nonces.length) {
    nonces = base64(random(AT_ONCE * OCTETS))
    used = 0
  }
  used += CHARACTERS
  return nonces.slice(used - CHARACTERS, used)
}

/** What a caller's own function made. @throws RangeError when no message can carry it. */
export function requireNonce(nonce: string): string {
  if (!isNonce(nonce)) throw new RangeError('nonce must be printable ASCII without ","')
  return nonce
}
