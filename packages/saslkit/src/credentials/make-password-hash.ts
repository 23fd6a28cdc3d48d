import { random } from '#crypto'
import { base64, hex, type Octets, utf8 } from '../octets.js'
import type { CredentialFormat, Owner } from './credential.js'
import { type Argon2Cost, makeArgon2 } from './schemes/argon2.js'
import { makeBcrypt } from './schemes/bcrypt.js'
import { hmacMd5StateText, makeHa1 } from './schemes/challenge-secrets.js'
import { makeMd5Crypt, makeShaCrypt } from './schemes/crypt.js'
import { type DigestHash, makeDigest } from './schemes/digests.js'
import { PBKDF2_WRITERS } from './schemes/pbkdf2.js'
import { makePbkdf2, type Pbkdf2Hash } from './schemes/pbkdf2-password.js'
import { makeScrypt, type ScryptCost } from './schemes/scrypt.js'
import { makeYescrypt } from './schemes/yescrypt.js'

/** What a scheme may be told; each takes what is its own. */
export interface PasswordHashCost extends Argon2Cost, ScryptCost {
  /** PBKDF2; default 600,000, of SHA-1 1,300,000, of SHA-512 210,000 (OWASP). */
  readonly iterations?: number | undefined
  /** bcrypt: 4 to 16, default 12. yescrypt: 1 to 9, default 5. */
  readonly cost?: number | undefined
  /** SHA-crypt: 1,000 to 5,000,000, default 100,000. */
  readonly rounds?: number | undefined
}

/** What a maker is given. */
export interface Making extends PasswordHashCost, Owner {
  readonly text: string
  readonly octets: Octets
  readonly format: CredentialFormat
  readonly salt: Octets | undefined
  readonly signal: AbortSignal | undefined
}

/** How one scheme is written, in each of the formats that have it. The first is the default. */
export interface PasswordHashMaker {
  readonly formats: readonly [CredentialFormat, ...CredentialFormat[]]
  readonly broken?: boolean
  /** A hash of crypt(3): no NUL. */
  readonly crypt?: boolean
  make(making: Making): Promise<string>
}

/** A name in braces before what every format has alike. */
const braced = (
  names: Partial<Record<CredentialFormat, string>>,
  { format }: Making,
  text: string,
): string => (names[format] ? `{${names[format]}}${text}` : text)

const argon2 = (kind: 'argon2d' | 'argon2i' | 'argon2id'): PasswordHashMaker => ({
  formats: kind === 'argon2d' ? ['phc', 'ldap'] : ['phc', 'ldap', 'dovecot'],
  make: async (making) =>
    braced(
      { ldap: 'ARGON2', dovecot: kind.toUpperCase() },
      making,
      await makeArgon2(kind, making.octets, making, making.salt, making.signal),
    ),
})

const pbkdf2 = (hash: Pbkdf2Hash): PasswordHashMaker => ({
  formats:
    hash === 'SHA-1'
      ? ['passlib', 'phc', 'ldap', 'dovecot', 'django']
      : hash === 'SHA-256'
        ? ['passlib', 'phc', 'ldap', 'django']
        : ['passlib', 'phc', 'ldap'],
  async make({ octets, iterations, format, salt, signal }) {
    // Django and Dovecot use the salt as it is written.
    const textual = format === 'django' || format === 'dovecot'
    const used = salt ?? (textual ? utf8(hex(random(16))) : undefined)
    return PBKDF2_WRITERS.get(format)!(hash, await makePbkdf2(hash, octets, iterations, used, signal))
  },
})

/** crypt(3)'s, which LDAP and Dovecot put a name before. */
const crypt = (
  dovecot: string,
  make: (making: Making) => Promise<string>,
  ...more: CredentialFormat[]
): PasswordHashMaker => ({
  formats: ['crypt', 'ldap', 'dovecot', ...more],
  crypt: true,
  make: async (making) => braced({ ldap: 'CRYPT', dovecot }, making, await make(making)),
})

const digest = (
  hash: DigestHash,
  salted: boolean,
  names: Partial<Record<CredentialFormat, string>>,
): PasswordHashMaker => ({
  formats: Object.keys(names) as [CredentialFormat, ...CredentialFormat[]],
  broken: true,
  async make(making) {
    const made = await makeDigest(hash, salted, making.octets, salted ? making.salt : undefined)
    return braced(names, making, names[making.format]!.startsWith('PLAIN-') ? hex(made) : base64(made))
  },
})

const both = (name: string) => ({ ldap: name, dovecot: name })

/** What can be made beside SCRAM keys. */
export type PasswordHashScheme =
  | 'argon2id'
  | 'argon2i'
  | 'argon2d'
  | 'scrypt'
  | 'bcrypt'
  | 'pbkdf2-sha1'
  | 'pbkdf2-sha256'
  | 'pbkdf2-sha512'
  | 'yescrypt'
  | 'sha512-crypt'
  | 'sha256-crypt'
  | 'md5-crypt'
  | 'apr1'
  | 'ssha512'
  | 'ssha384'
  | 'ssha256'
  | 'ssha'
  | 'smd5'
  | 'sha512'
  | 'sha384'
  | 'sha256'
  | 'sha'
  | 'md5'
  | 'md4'
  | 'cleartext'
  | 'cram-md5'
  | 'digest-md5'

const MAKERS: Readonly<Record<PasswordHashScheme, PasswordHashMaker>> = {
  argon2id: argon2('argon2id'),
  argon2i: argon2('argon2i'),
  argon2d: argon2('argon2d'),
  scrypt: {
    formats: ['phc'],
    make: ({ octets, salt, signal, ...cost }) => makeScrypt(octets, cost, salt, signal),
  },
  bcrypt: crypt(
    'BLF-CRYPT',
    ({ text, cost, format, salt, signal }) =>
      makeBcrypt(text, cost, format === 'htpasswd' || format === 'dovecot' ? '2y' : '2b', salt, signal),
    'htpasswd',
  ),
  'pbkdf2-sha1': pbkdf2('SHA-1'),
  'pbkdf2-sha256': pbkdf2('SHA-256'),
  'pbkdf2-sha512': pbkdf2('SHA-512'),
  yescrypt: crypt('CRYPT', ({ octets, cost, salt, signal }) => makeYescrypt(octets, cost, salt, signal)),
  'sha512-crypt': crypt(
    'SHA512-CRYPT',
    ({ octets, rounds, signal }) => makeShaCrypt('SHA-512', octets, rounds, undefined, signal),
    'htpasswd',
  ),
  'sha256-crypt': crypt(
    'SHA256-CRYPT',
    ({ octets, rounds, signal }) => makeShaCrypt('SHA-256', octets, rounds, undefined, signal),
    'htpasswd',
  ),
  'md5-crypt': crypt('MD5-CRYPT', ({ octets }) => makeMd5Crypt('$1$', octets)),
  apr1: { formats: ['htpasswd'], crypt: true, make: ({ octets }) => makeMd5Crypt('$apr1$', octets) },
  ssha512: digest('SHA-512', true, both('SSHA512')),
  ssha384: digest('SHA-384', true, { ldap: 'SSHA384' }),
  ssha256: digest('SHA-256', true, both('SSHA256')),
  ssha: digest('SHA-1', true, both('SSHA')),
  smd5: digest('MD5', true, both('SMD5')),
  sha512: digest('SHA-512', false, both('SHA512')),
  sha384: digest('SHA-384', false, { ldap: 'SHA384' }),
  sha256: digest('SHA-256', false, both('SHA256')),
  sha: digest('SHA-1', false, { ldap: 'SHA', htpasswd: 'SHA', dovecot: 'SHA1' }),
  md5: digest('MD5', false, { ldap: 'MD5', dovecot: 'PLAIN-MD5' }),
  md4: digest('MD4', false, { dovecot: 'PLAIN-MD4' }),
  cleartext: {
    formats: ['dovecot', 'ldap', 'cleartext'],
    broken: true,
    async make(making) {
      // slapd knows no {CLEARTEXT}: what has no scheme is the password (RFC 4519 section 2.41).
      if (making.format === 'ldap' && making.text.startsWith('{'))
        throw new RangeError('ldap: a cleartext password that begins with "{" is taken for a scheme')
      return braced({ dovecot: 'PLAIN' }, making, making.text)
    },
  },
  'cram-md5': {
    formats: ['dovecot', 'cram-md5'],
    broken: true,
    make: async (making) => braced({ dovecot: 'CRAM-MD5' }, making, hmacMd5StateText(making.octets)),
  },
  'digest-md5': {
    formats: ['dovecot', 'digest-md5'],
    broken: true,
    make: async (making) =>
      braced({ dovecot: 'DIGEST-MD5' }, making, hex(await makeHa1(making.octets, making))),
  },
}

export const passwordHashMaker = (scheme: string): PasswordHashMaker | undefined =>
  Object.hasOwn(MAKERS, scheme) ? MAKERS[scheme as PasswordHashScheme] : undefined

export const PASSWORD_HASH_SCHEMES: readonly PasswordHashScheme[] = Object.keys(
  MAKERS,
) as PasswordHashScheme[]
