/** The password itself: it serves every mechanism, and whoever sees it has it. */

import { SCRAM_HASHES } from '../../mechanisms/scram/hashes.js'
import { utf8 } from '../../octets.js'
import type { Credential, CredentialFormat, Service } from '../credential.js'
import { preparedOrRefused } from '../prepared-or-refused.js'
import { sameSecret } from '../same-secret.js'
import { refusals, type Scheme } from './scheme.js'

const SERVES: readonly Service[] = [
  ...SCRAM_HASHES.map((hash) => `SCRAM-${hash}` as const),
  'CRAM-MD5',
  'DIGEST-MD5',
  'OTP',
  'password',
]

export function parseCleartext(password: string, format: CredentialFormat): Credential {
  const refused = refusals('cleartext')
  if (password === '') throw refused.malformed('an empty password')
  if (!password.isWellFormed()) throw refused.malformed('not UTF-8')
  return {
    scheme: 'cleartext',
    format,
    strength: 'broken',
    serves: SERVES,
    preparation: format === 'dovecot' ? 'none' : 'unknown',
    parameters: {},
    secret: { secret: password },
    async verify(presented, _owner, _signal, rule) {
      // By the rule of the presented one, which is SASLprep's where MongoDB has no SCRAM-SHA-1 keys. Where it is not known, one
      // of the forms of a presented one is SASLprep's (RFC 4616 section 2).
      const known = rule === 'unknown' || rule === 'mongodb' ? 'saslprep' : rule
      const { text } = await preparedOrRefused(password, known, 'stored')
      return sameSecret(presented, utf8(text))
    },
  }
}

export const cleartext: Scheme = {
  name: 'cleartext',
  formats: ['cleartext'],
  hintOnly: true,
  shape: /^/,
  parse: (text) => parseCleartext(text, 'cleartext'),
}

/** An LDAP userPassword without a scheme in braces (RFC 4519 section 2.41). */
export const ldapCleartext: Scheme = {
  name: 'cleartext',
  formats: ['ldap'],
  hintOnly: true,
  shape: /^[^{]/,
  parse: (text) => parseCleartext(text, 'ldap'),
}

/**
 * Dovecot's PLAIN-TRUNC, `8-password`: where as many octets as the number says are there, they were cut, and a password
 * that begins with them is right.
 */
export function parseTruncated(text: string): Credential {
  const refused = refusals('PLAIN-TRUNC')
  const fields = /^([0-9]{1,4})-([\s\S]+)/.exec(text)
  if (!fields) throw refused.malformed('not length-password')
  const kept = utf8(fields[2]!)
  const cut = Number(fields[1]) === kept.length
  return {
    scheme: 'plain-trunc',
    format: 'dovecot',
    strength: 'broken',
    serves: ['password'],
    preparation: 'none',
    parameters: { length: kept.length },
    significantOctets: cut ? kept.length : undefined,
    verify: (presented) => sameSecret(cut ? presented.slice(0, kept.length) : presented, kept),
  }
}
