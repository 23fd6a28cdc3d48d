/** Messages as words and lines of base64, where "=" alone stands for an empty word (RFC 4954, 4959, 5034). */
import { malformed } from '../errors.js'
import { base64, EMPTY, type Octets, unbase64 } from '../octets.js'
import { requireOctets } from '../require-octets.js'
import { requireLine } from './line-text.js'

export const writeInitialResponse = (initialResponse: Uint8Array): string =>
  base64(requireOctets(initialResponse, 'an initial response')) || '='

/** @throws SaslError `malformed` */
export function readInitialResponse(word: string): Octets {
  if (word === '=') return EMPTY
  if (word === '') throw malformed('no initial response where there should be one')
  return unbase64(word)
}

/** Writes a response: a line of base64, empty where it is. @throws TypeError for what is no octets. */
export const writeResponse = (response: Uint8Array): string =>
  `${base64(requireOctets(response, 'a response'))}\r\n`

/** A challenge as it stands on a line. @throws TypeError for what is no octets. */
export const challengeWord = (challenge: Uint8Array): string =>
  base64(requireOctets(challenge, 'a challenge'))

/** Cancels the exchange (RFC 4954 section 4, RFC 9051 section 6.2.2, RFC 5034 section 4). */
export const writeCancel = (): string => '*\r\n'

/** Undefined where the client cancels. @throws SaslError `malformed`; TypeError for what is no line. */
export const readResponse = (line: string): Octets | undefined =>
  line === '*' ? undefined : unbase64(requireLine(line))
