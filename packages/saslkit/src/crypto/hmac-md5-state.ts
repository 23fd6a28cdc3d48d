/** What stands for a password in CRAM-MD5, as callers get it: JavaScript, too, is told what was wrong. */
import type { Octets } from '../octets.js'
import { requireOctets } from '../require-octets.js'
import * as md5 from './md5.js'

const SIZE = 32

/**
 * What CRAM-MD5 can be checked against in place of the password: the states in which its padded key leaves HMAC-MD5's two
 * hashes (RFC 2195 section 2), in the order in which Dovecot's CRAM-MD5 scheme and Cyrus have them.
 *
 * @param key the password's UTF-8, prepared; any length. It is the caller's, and not changed.
 * @returns 32 octets: the outer state, then the inner.
 * @throws TypeError when the key is not octets.
 */
export const hmacMd5State = (key: Uint8Array): Octets => md5.hmacMd5State(requireOctets(key, 'a key'))

/**
 * HMAC-MD5 (RFC 2104) of the data, 16 octets, from what `hmacMd5State` made of the key.
 *
 * @throws RangeError when the state is not 32 octets, TypeError when it or the data is not octets at all.
 */
export function hmacMd5FromState(state: Uint8Array, data: Uint8Array): Octets {
  if (requireOctets(state, 'an HMAC-MD5 state').length !== SIZE)
    throw new RangeError('an HMAC-MD5 state is 32 octets, outer then inner')
  return md5.hmacMd5FromState(state, requireOctets(data, 'data'))
}
