/** The four messages of SCRAM (RFC 5802 section 7), from octets. Parsers throw a SaslError and nothing else. */
import { sameOctets } from '#crypto'
import { malformed } from '../../errors.js'
import { type Octets, text } from '../../octets.js'
import { type Gs2Header, parseGs2Header, unescapeName } from '../parse-gs2-header.js'
import { COMMA, EQUALS, positiveWithin, unbase64Within, valueEnd } from './attributes.js'
import { readExtensions } from './extensions.js'
import { isNonce } from './nonce.js'
import { serverError } from './server-error.js'
import { UnsupportedExtension } from './unsupported-extension.js'

export interface ClientFirst {
  readonly header: Gs2Header
  readonly authcid: string
  /** What follows the header, which is signed: octets of its own. */
  readonly bare: Octets
  /** Where the nonce begins in it, and where it ends. */
  readonly nonceAt: number
  readonly nonceEnd: number
}

export interface ServerFirst {
  /** Where the nonce ends, which begins at 2. */
  readonly nonceEnd: number
  readonly salt: Octets
  readonly iterations: number
  /** XEP-0474 section 6.1: the hash of what the server offered, as it came. */
  readonly offeredHash: string | undefined
}

export interface ClientFinal {
  readonly isNonceExpected: boolean
  readonly isBindingExpected: boolean
  readonly proof: Octets
  /** Where the comma stands before the proof: what comes earlier is signed. */
  readonly proofAt: number
}

const E = 0x65
const M = 0x6d

export function parseClientFirst(message: Octets): ClientFirst {
  const header = parseGs2Header(message)
  const at = header.length
  if (message[at] === M && message[at + 1] === EQUALS) throw new UnsupportedExtension()
  const nameEnd = valueEnd(message, at, 'n')
  const nonceEnd = valueEnd(message, nameEnd + 1, 'r')
  if (!isNonce(message, nameEnd + 3, nonceEnd)) throw malformed('not a nonce')
  const name = textWithin(message, at + 2, nameEnd)
  if (nonceEnd < message.length) {
    if (text(message, nonceEnd).includes(',m=')) throw new UnsupportedExtension()
    readExtensions(message, nonceEnd)
  }
  return {
    header,
    authcid: unescapeName(name),
    bare: message.slice(at),
    nonceAt: nameEnd + 3 - at,
    nonceEnd: nonceEnd - at,
  }
}

export function parseServerFirst(message: Octets): ServerFirst {
  const nonceEnd = valueEnd(message, 0, 'r')
  const saltEnd = valueEnd(message, nonceEnd + 1, 's')
  const countEnd = valueEnd(message, saltEnd + 1, 'i')
  if (!isNonce(message, 2, nonceEnd)) throw malformed('not a nonce')
  const salt = unbase64Within(message, nonceEnd + 3, saltEnd)
  if (salt.length > 1024) throw malformed('a salt over 1024 octets')
  return {
    nonceEnd,
    salt,
    iterations: positiveWithin(message, saltEnd + 3, countEnd),
    offeredHash: countEnd < message.length ? readExtensions(message, countEnd).get('h') : undefined,
  }
}

/** @param channelBinding what c= must be. @param nonce what r= must be. */
export function parseClientFinal(message: Octets, channelBinding: Octets, nonce: Octets): ClientFinal {
  const bindingEnd = valueEnd(message, 0, 'c')
  const nonceEnd = valueEnd(message, bindingEnd + 1, 'r')
  const proofAt = message.lastIndexOf(COMMA)
  const proofEnd = valueEnd(message, proofAt + 1, 'p')
  if (proofAt < nonceEnd) throw malformed('no proof')
  if (nonceEnd < proofAt) readExtensions(message, nonceEnd, proofAt)
  const isNonceExpected = sameOctets(nonce, message, bindingEnd + 3, nonceEnd)
  if (!isNonceExpected && !isNonce(message, bindingEnd + 3, nonceEnd)) throw malformed('not a nonce')
  const isBindingExpected = sameOctets(channelBinding, message, 2, bindingEnd)
  if (!isBindingExpected) unbase64Within(message, 2, bindingEnd)
  const proof = unbase64Within(message, proofAt + 3, proofEnd)
  return { isNonceExpected, isBindingExpected, proof, proofAt }
}

/** The server's signature. What the server says went wrong is thrown. */
export function parseServerFinal(message: Octets): Octets {
  const isError = message[0] === E
  const end = valueEnd(message, 0, isError ? 'e' : 'v')
  if (end < message.length) readExtensions(message, end)
  if (isError) throw serverError(textWithin(message, 2, end))
  return unbase64Within(message, 2, end)
}

/** value = 1*value-char: UTF-8 without NUL. */
function textWithin(message: Octets, start: number, end: number): string {
  const value = text(message, start, end)
  if (value.includes('\0')) throw malformed('NUL in a SCRAM attribute')
  return value
}
