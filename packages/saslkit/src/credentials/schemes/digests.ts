/**
 * Plain and salted digests of LDAP (RFC 2307 section 5.3 and its followers), Dovecot and htpasswd: `{SSHA}` and its kin.
 * Fast hashes: whoever has them tries billions of passwords a second.
 */
import { hashFunction, random, sameOctets } from '#crypto'
import { type Awaitable, andThen } from '../../awaitable.js'
import type { HashName } from '../../crypto/hash.js'
import { concat, EMPTY, type Octets } from '../../octets.js'
import type { Credential, CredentialFormat } from '../credential.js'
import { md4 } from '../hashes/md4.js'
import { boundedSalt, ofLength } from './bounds.js'
import { preparationOf, type Reading, refusals } from './scheme.js'

export type DigestHash = 'MD4' | Extract<HashName, 'MD5' | 'SHA-1' | 'SHA-256' | 'SHA-384' | 'SHA-512'>

export const DIGEST_SIZES: Readonly<Record<DigestHash, number>> = {
  MD4: 16,
  MD5: 16,
  'SHA-1': 20,
  'SHA-256': 32,
  'SHA-384': 48,
  'SHA-512': 64,
}

const digest = (hash: DigestHash, data: Octets): Awaitable<Octets> =>
  hash === 'MD4' ? md4(data) : andThen(hashFunction(hash), (known) => known.digest(data))

/** "ssha256", "smd5", "sha", "md5": as LDAP names them, in lower case. */
export const digestScheme = (hash: DigestHash, salted: boolean): string => {
  const name = hash.toLowerCase().replace('-', '').replace('sha1', 'sha')
  return salted ? `s${name}` : name
}

/** @param octets the digest, and behind it the salt. */
export function parseDigest(
  hash: DigestHash,
  salted: boolean,
  octets: Octets | undefined,
  format: CredentialFormat,
  { limits }: Reading,
): Credential {
  const scheme = digestScheme(hash, salted)
  const refused = refusals(scheme)
  const size = DIGEST_SIZES[hash]
  const both = octets ?? EMPTY // nothing is too short
  const kept = ofLength(salted ? both.subarray(0, size) : both, size, 'digest', refused)
  const salt = salted ? boundedSalt(both.slice(size), limits, refused) : EMPTY
  return {
    scheme,
    format,
    strength: 'broken',
    serves: ['password'],
    preparation: preparationOf(format),
    parameters: { saltLength: salt.length },
    verify: (password) => andThen(digest(hash, concat(password, salt)), (made) => sameOctets(made, kept)),
  }
}

/** The digest, and behind it the salt if there is to be one. */
export const makeDigest = (
  hash: DigestHash,
  salted: boolean,
  password: Octets,
  salt: Octets = salted ? random(8) : EMPTY,
): Awaitable<Octets> => andThen(digest(hash, concat(password, salt)), (made) => concat(made, salt))
