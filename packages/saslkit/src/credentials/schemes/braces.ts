/**
 * `{SCHEME}…`, as LDAP directories and Dovecot write it. Dovecot alone may name an encoding, `{SHA256.HEX}…`, and reads
 * hexadecimal unasked. Two schemes mean one thing to Dovecot and another to OpenLDAP, MD5 and PBKDF2; what follows tells
 * which.
 */

import type { ScramHash } from '../../directory.js'
import { SCRAM_HASHES } from '../../mechanisms/scram/hashes.js'
import { fromBase64, type Octets, text as textOf } from '../../octets.js'
import type { Credential, CredentialFormat } from '../credential.js'
import { unhex } from '../encodings/unhex.js'
import { StoredCredentialError } from '../stored-credential-error.js'
import { argon2Phc, parseArgon2 } from './argon2.js'
import { bcryptCrypt } from './bcrypt.js'
import { parseHa1, parseHmacMd5State, parseOtp } from './challenge-secrets.js'
import { parseCleartext, parseTruncated } from './cleartext.js'
import { bigCryptScheme, desCryptScheme, md5CryptScheme, sha256Crypt, sha512Crypt } from './crypt.js'
import { DIGEST_SIZES, type DigestHash, parseDigest } from './digests.js'
import { parseDovecotPbkdf2, parseLdapPbkdf2 } from './pbkdf2.js'
import type { Pbkdf2Hash } from './pbkdf2-password.js'
import { type Reading, refusals, type Scheme } from './scheme.js'
import { parseDovecotScram } from './scram/dovecot-scram.js'
import { scryptCrypt, yescryptScheme } from './yescrypt.js'

type Encoding = 'base64' | 'hex'

/** A scheme of text, or one of octets, which are in base64 unless said otherwise. */
type Braced = {
  readonly formats: readonly CredentialFormat[]
  readonly text?: (text: string, reading: Reading, format: CredentialFormat) => Credential
  readonly octets?: (octets: Octets | undefined, reading: Reading, format: CredentialFormat) => Credential
  /** Octets there must be. Without a named encoding Dovecot reads hexadecimal of that length, too. */
  readonly size?: number
}

const BOTH: readonly CredentialFormat[] = ['ldap', 'dovecot', 'passlib']
const DOVECOT: readonly CredentialFormat[] = ['dovecot']
const LDAP: readonly CredentialFormat[] = ['ldap', 'passlib']

const digest = (hash: DigestHash, formats: readonly CredentialFormat[] = BOTH): Braced => ({
  formats,
  size: DIGEST_SIZES[hash],
  octets: (octets, reading, format) => parseDigest(hash, false, octets, format, reading),
})

const salted = (hash: DigestHash): Braced => ({
  formats: BOTH,
  octets: (octets, reading, format) => parseDigest(hash, true, octets, format, reading),
})

const crypt = (name: string, formats: readonly CredentialFormat[], rows: readonly Scheme[]): Braced => ({
  formats,
  text(text, reading, format) {
    const row = rows.find(({ shape }) => shape.test(text))
    if (!row) throw refusals(name).unsupported('a hash of crypt(3) that is not served')
    return row.parse(text, { ...reading, hint: format })
  },
})

const CRYPT = [
  sha512Crypt,
  sha256Crypt,
  md5CryptScheme,
  bcryptCrypt,
  yescryptScheme,
  scryptCrypt,
  desCryptScheme,
  bigCryptScheme,
]

const cleartext = (formats: readonly CredentialFormat[]): Braced => ({
  formats,
  text: (text, _, format) => parseCleartext(text, format),
})

const hmacState: Braced = {
  formats: DOVECOT,
  size: 32,
  octets: (octets, _, format) => parseHmacMd5State(octets, format),
}

const argon2 = (format: 'ldap' | 'dovecot', kind?: 'argon2i' | 'argon2id'): Braced => ({
  formats: [format],
  text(text, reading) {
    const credential = parseArgon2(text, reading, format)
    if (kind && credential.scheme !== kind)
      throw refusals(argon2Phc.name).malformed('not of the kind that its name says')
    return credential
  },
})

const ldapPbkdf2 = (hash: Pbkdf2Hash): Braced => ({
  formats: LDAP,
  text: (text, reading, format) => parseLdapPbkdf2(hash, text, reading, format),
})

const md5Crypt = crypt('MD5-CRYPT', DOVECOT, [md5CryptScheme])
const md5Digest = digest('MD5')

const BRACED: ReadonlyMap<string, Braced> = new Map<string, Braced>([
  ['SHA', digest('SHA-1', [...BOTH, 'htpasswd'])],
  ['SHA1', digest('SHA-1', DOVECOT)],
  ['SHA256', digest('SHA-256')],
  ['SHA384', digest('SHA-384')],
  ['SHA512', digest('SHA-512')],
  ['SSHA', salted('SHA-1')],
  ['SSHA256', salted('SHA-256')],
  ['SSHA384', salted('SHA-384')],
  ['SSHA512', salted('SHA-512')],
  ['SMD5', salted('MD5')],
  ['LDAP-MD5', digest('MD5', DOVECOT)],
  ['PLAIN-MD5', digest('MD5', DOVECOT)],
  ['PLAIN-MD4', digest('MD4', DOVECOT)],
  ['CRYPT', crypt('CRYPT', BOTH, CRYPT)],
  ['MD5-CRYPT', md5Crypt],
  ['SHA256-CRYPT', crypt('SHA256-CRYPT', DOVECOT, [sha256Crypt])],
  ['SHA512-CRYPT', crypt('SHA512-CRYPT', DOVECOT, [sha512Crypt])],
  ['BLF-CRYPT', crypt('BLF-CRYPT', DOVECOT, [bcryptCrypt])],
  ['DES-CRYPT', crypt('DES-CRYPT', DOVECOT, [desCryptScheme])],
  ['PLAIN', cleartext(DOVECOT)],
  ['CLEAR', cleartext(DOVECOT)],
  ['CLEARTEXT', cleartext(['ldap', 'dovecot'])],
  ['PLAIN-TRUNC', { formats: DOVECOT, text: parseTruncated }],
  ['CRAM-MD5', hmacState],
  ['HMAC-MD5', hmacState],
  ['DIGEST-MD5', { formats: DOVECOT, size: 16, octets: (octets, _, format) => parseHa1(octets, format) }],
  ...SCRAM_HASHES.map((hash: ScramHash): [string, Braced] => [
    `SCRAM-${hash}`,
    { formats: ['dovecot', 'gsasl'], text: (text, reading) => parseDovecotScram(hash, text, reading) },
  ]),
  ['PBKDF2-SHA1', ldapPbkdf2('SHA-1')],
  ['PBKDF2-SHA256', ldapPbkdf2('SHA-256')],
  ['PBKDF2-SHA512', ldapPbkdf2('SHA-512')],
  ['ARGON2', argon2('ldap')],
  ['ARGON2I', argon2('dovecot', 'argon2i')],
  ['ARGON2ID', argon2('dovecot', 'argon2id')],
  ['OTP', { formats: DOVECOT, text: parseOtp }],
])

/** MD5 and PBKDF2. To Dovecot both are text: what it finds in a named encoding is read as if it stood there. */
const AMBIGUOUS: ReadonlyMap<string, (text: string) => Braced> = new Map<string, (text: string) => Braced>([
  ['MD5', (text) => (text.startsWith('$1$') ? md5Crypt : md5Digest)],
  [
    'PBKDF2',
    (text) => (text.startsWith('$1$') ? { formats: DOVECOT, text: parseDovecotPbkdf2 } : ldapPbkdf2('SHA-1')),
  ],
])

const MARK = /^\{([A-Za-z0-9-]{1,32})(?:\.([A-Za-z0-9]{1,8}))?\}/

export const braces: Scheme = {
  name: 'a scheme in braces',
  formats: ['ldap', 'dovecot', 'htpasswd', 'gsasl', 'passlib'],
  shape: MARK,
  parse(text, reading) {
    const [mark, written, suffix] = MARK.exec(text) as unknown as [string, string, string?]
    const name = written.toUpperCase()
    const [known, ambiguous] = [BRACED.get(name), AMBIGUOUS.get(name)]
    // A name that nobody knows may be the start of a cleartext password: it is not told.
    if (!known && !ambiguous)
      throw new StoredCredentialError('unknown', undefined, 'an unknown scheme in braces')
    const named = encodingOf(name, suffix)
    const whole = text.slice(mark.length)
    const value = named && !known ? decoded(name, whole, named) : whole
    const braced = known ?? ambiguous!(value)
    const encoding = (known && named) ?? hexUnasked(value, braced, reading)
    const hint = reading.hint ?? (suffix || encoding ? 'dovecot' : undefined)
    if (hint && !(braced.formats.includes(hint) && isWrittenBy(hint, written, suffix)))
      throw refusals(name).unsupported(`not a scheme of ${hint}`)
    const format = hint ?? braced.formats[0]!
    if (braced.octets) return braced.octets(octetsOf(value, encoding), reading, format)
    return braced.text!(encoding ? decoded(name, value, encoding) : value, reading, format)
  },
}

/** Apache and its htpasswd look for `{SHA}`, in capitals. */
const isWrittenBy = (hint: CredentialFormat, written: string, suffix: string | undefined): boolean =>
  (hint === 'dovecot' || !suffix) && (hint !== 'htpasswd' || written === written.toUpperCase())

function hexUnasked(value: string, { size = 0 }: Braced, { hint = 'dovecot' }: Reading): 'hex' | undefined {
  return hint === 'dovecot' && size > 0 && value.length === 2 * size && unhex(value) ? 'hex' : undefined
}

const octetsOf = (value: string, encoding: Encoding | undefined): Octets | undefined =>
  encoding === 'hex' ? unhex(value) : fromBase64(value)

function encodingOf(name: string, suffix: string | undefined): Encoding | undefined {
  switch (suffix?.toLowerCase()) {
    case undefined:
      return undefined
    case 'hex':
      return 'hex'
    case 'b64':
    case 'base64':
      return 'base64'
    default:
      throw refusals(name).unsupported('an encoding that is neither hex nor base64')
  }
}

function decoded(name: string, value: string, encoding: Encoding): string {
  const octets = octetsOf(value, encoding)
  if (!octets) throw refusals(name).malformed(`not ${encoding}`)
  try {
    return textOf(octets)
  } catch {
    throw refusals(name).malformed('not UTF-8')
  }
}
