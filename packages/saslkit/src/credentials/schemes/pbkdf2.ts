/**
 * PBKDF2 in the dialects there are: passlib's `$pbkdf2-sha256$29000$salt$key` (`$pbkdf2$` is SHA-1), the PHC string format's
 * `$pbkdf2-sha256$i=600000,l=32$salt$key`, Django's `pbkdf2_sha256$600000$salt$key`, OpenLDAP's
 * `{PBKDF2-SHA256}10000$salt$key` and Dovecot's `{PBKDF2}$1$salt$5000$key`.
 */
import { base64, fromBase64, hex, utf8 } from '../../octets.js'
import type { Credential, CredentialFormat } from '../credential.js'
import { unhex } from '../encodings/unhex.js'
import { ab64, fromAb64, fromUnpadded, unpadded } from '../encodings/unpadded-base64.js'
import { type MadePbkdf2, PBKDF2_SIZES, type Pbkdf2Hash, pbkdf2Password } from './pbkdf2-password.js'
import { type Reading, refusals, type Scheme } from './scheme.js'

const HASHES: ReadonlyMap<string, Pbkdf2Hash> = new Map(
  (Object.keys(PBKDF2_SIZES) as Pbkdf2Hash[]).map((hash) => [hash.toLowerCase().replace('-', ''), hash]),
)

const NAME = 'PBKDF2'

export const pbkdf2Phc: Scheme = {
  name: NAME,
  formats: ['phc', 'passlib'],
  shape: /^\$pbkdf2(?:-|\$)/,
  parse(text, reading) {
    const refused = refusals(NAME)
    const fields =
      /^\$pbkdf2(?:-([a-z0-9]+))?\$(?:([0-9]+)|i=([0-9]+)(?:,l=([0-9]+))?)\$([^$]*)\$([^$]*)$/.exec(text)
    if (!fields) throw refused.malformed('not $pbkdf2-sha256$iterations$salt$key')
    const [, name = 'sha1', passlib, phc, length, salt, key] = fields
    const hash = HASHES.get(name)
    if (!hash) throw refused.unsupported('an unknown hash')
    const decode = passlib ? fromAb64 : fromUnpadded
    const raw = { hash, iterations: passlib ?? phc, salt: decode(salt!), key: decode(key!) }
    const credential = pbkdf2Password(raw, passlib ? 'passlib' : 'phc', reading, refused)
    if (length && length !== String(raw.key!.length))
      throw refused.malformed('l is not the length of the key')
    return credential
  },
}

export const pbkdf2Django: Scheme = {
  name: `${NAME} (Django)`,
  formats: ['django'],
  shape: /^pbkdf2_sha(?:1|256)\$/,
  parse(text, reading) {
    const refused = refusals(this.name)
    const fields = /^pbkdf2_(sha1|sha256)\$([0-9]+)\$([!-#%-~]+)\$([A-Za-z0-9+/=]+)$/.exec(text)
    if (!fields) throw refused.malformed('not pbkdf2_sha256$iterations$salt$key')
    const [, name, iterations, salt, key] = fields
    const hash = HASHES.get(name!)!
    return pbkdf2Password(
      { hash, iterations, salt: utf8(salt!), key: fromBase64(key!) },
      'django',
      reading,
      refused,
    )
  },
}

/** @param text what follows the name in braces: OpenLDAP's pw-pbkdf2, which took passlib's encoding. */
export function parseLdapPbkdf2(
  hash: Pbkdf2Hash,
  text: string,
  reading: Reading,
  format: CredentialFormat,
): Credential {
  const refused = refusals(`${NAME} (OpenLDAP)`)
  const [iterations, salt, key, more] = text.split('$')
  if (key === undefined || more !== undefined) throw refused.malformed('not iterations$salt$key')
  return pbkdf2Password(
    { hash, iterations, salt: fromAb64(salt!), key: fromAb64(key) },
    format,
    reading,
    refused,
  )
}

/** @param text what follows the name in braces: Dovecot's. The salt is used as it is written. */
export function parseDovecotPbkdf2(text: string, reading: Reading): Credential {
  const refused = refusals(`${NAME} (Dovecot)`)
  const fields = /^\$1\$([!-#%-~]+)\$([0-9]+)\$([0-9A-Fa-f]{40})$/.exec(text)
  if (!fields) throw refused.malformed('not $1$salt$iterations$key')
  const [, salt, iterations, key] = fields
  return pbkdf2Password(
    { hash: 'SHA-1', iterations, salt: utf8(salt!), key: unhex(key!) },
    'dovecot',
    reading,
    refused,
  )
}

/** How each format writes it. Where a salt is used as it is written, it must consist of characters. */
export const PBKDF2_WRITERS: ReadonlyMap<CredentialFormat, (hash: Pbkdf2Hash, made: MadePbkdf2) => string> =
  new Map([
    [
      'passlib',
      (hash, { iterations, salt, key }) =>
        `$pbkdf2${hash === 'SHA-1' ? '' : `-${nameOf(hash)}`}$${iterations}$${ab64(salt)}$${ab64(key)}`,
    ],
    [
      'phc',
      (hash, { iterations, salt, key }) =>
        `$pbkdf2-${nameOf(hash)}$i=${iterations},l=${key.length}$${unpadded(salt)}$${unpadded(key)}`,
    ],
    [
      'django',
      (hash, { iterations, salt, key }) =>
        `pbkdf2_${nameOf(hash)}$${iterations}$${String.fromCharCode(...salt)}$${base64(key)}`,
    ],
    [
      'ldap',
      (hash, { iterations, salt, key }) =>
        `{PBKDF2-${nameOf(hash).toUpperCase()}}${iterations}$${ab64(salt)}$${ab64(key)}`,
    ],
    [
      'dovecot',
      (_, { iterations, salt, key }) =>
        `{PBKDF2}$1$${String.fromCharCode(...salt)}$${iterations}$${hex(key)}`,
    ],
  ])

const nameOf = (hash: Pbkdf2Hash): string => hash.toLowerCase().replace('-', '')
