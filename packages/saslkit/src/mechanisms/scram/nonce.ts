import { random } from '#crypto'
import { text, utf8 } from '../../octets.js'
import { isNonce } from './messages.js'

const ALPHABET = utf8('ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/')
/** Of six random bits each. */
const CHARACTERS = 24
const AT_ONCE = 128

let nonces = ''
let used = 0

/** 144 random bits in printable characters (RFC 5802 section 5.1). Many are written at once, which is far cheaper. */
export function newNonce(): string {
  if (used === nonces.length) {
    const octets = random(AT_ONCE * CHARACTERS)
    for (let i = 0; i < octets.length; i++) octets[i] = ALPHABET[octets[i]! & 63]!
    nonces = text(octets)
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
