import type { ScramHash } from '../directory.js'
import { SCRAM_HASHES } from '../mechanisms/scram/hashes.js'
import { utf8 } from '../octets.js'
import { requireOctets } from '../require-octets.js'
import { requireSignal } from '../require-signal.js'
import { type Preparation, preparePassword } from '../strings/prepare.js'
import { requirePreparation } from '../strings/require-preparation.js'
import { type AllowBroken, allowBroken } from './allow-broken.js'
import type { CredentialFormat } from './credential.js'
import {
  PASSWORD_HASH_SCHEMES,
  type PasswordHashCost,
  type PasswordHashMaker,
  type PasswordHashScheme,
  passwordHashMaker,
} from './make-password-hash.js'
import { makeScramText } from './make-scram-text.js'
import { parseStoredCredential } from './parse.js'
import { refuseCosts } from './refuse-costs.js'
import { requireMakeOptions } from './require-make-options.js'
import type { ScramFormat } from './schemes/scram/writers.js'
import type { ScramPresetName } from './scram-presets.js'
import type { StoredCredential } from './stored-credential.js'

/** What `makeStoredCredential` makes: a password hash, by its name, or keys for one SCRAM mechanism. */
export type MakeScheme = PasswordHashScheme | `SCRAM-${ScramHash}`

export interface MakeStoredCredentialOptions extends PasswordHashCost, AllowBroken {
  /** Default `argon2id`. */
  readonly scheme?: MakeScheme | undefined
  /** Whose way of writing; default the scheme's usual one. */
  readonly format?: CredentialFormat | undefined
  /** For SCRAM: `owasp`, `kafka` or `postgres` in place of 65,536 iterations. */
  readonly preset?: ScramPresetName | undefined
  /** How the password is prepared; default what the format's system does, and SASLprep where it is nobody's. */
  readonly preparation?: Preparation | undefined
  /** Default random octets. For known answers alone; SHA-crypt, MD5-crypt and apr1 always draw their own. */
  readonly salt?: Uint8Array | undefined
  /** Of the account, where the scheme mixes it in: MongoDB's SCRAM-SHA-1, DIGEST-MD5. */
  readonly username?: string | undefined
  /** DIGEST-MD5. */
  readonly realm?: string | undefined
  /** Frees the caller, with its `reason`. */
  readonly signal?: AbortSignal | undefined
}

/**
 * Makes what a server keeps for an account from a password.
 *
 * @throws RangeError for an unknown scheme, a format that has not the scheme, a cost out of bounds, a password that
 *   preparation refuses, one over 1,024 octets (72 for bcrypt) or with a NUL for crypt(3); and for a scheme that is broken,
 *   unless `[allowBroken]` is true. TypeError where the username is needed, and for options that there are not.
 * @throws StoredCredentialError `unavailable` where a package has to be installed; SaslError `unacceptable` where the runtime
 *   refuses so many iterations of PBKDF2.
 */
export async function makeStoredCredential(
  password: string,
  options: MakeStoredCredentialOptions = {},
): Promise<StoredCredential> {
  requireMakeOptions(options, 'makeStoredCredential')
  const { scheme, signal, preparation: rule, salt } = options
  if (typeof password !== 'string') throw new TypeError('password must be text; pass a string')
  requireSignal(signal)
  requirePreparation(rule, 'preparation')
  if (salt !== undefined) requireOctets(salt, 'salt')
  if (utf8(password).length > MOST_OCTETS) throw new RangeError('a password has at most 1,024 octets')
  const hash = SCRAM_HASHES.find((each) => scheme === `SCRAM-${each}`)
  if (hash) {
    const { text, format, preparation } = await makeScramText(hash, password, {
      ...options,
      format: options.format as ScramFormat | undefined,
    })
    return parseStoredCredential(text, { hint: format, preparation })
  }
  return makeHash(password, options)
}

/** The same bound holds when passwords are verified. */
const MOST_OCTETS = 1024

async function makeHash(password: string, options: MakeStoredCredentialOptions): Promise<StoredCredential> {
  const { maker, format } = requirePasswordHash(options)
  const { signal } = options
  const salt = options.salt && new Uint8Array(options.salt)
  if (maker.crypt && password.includes('\0'))
    throw new RangeError('crypt(3) ends a password at NUL; pass one without')
  const preparation = options.preparation ?? (format === 'dovecot' ? 'none' : 'saslprep')
  const text = await preparePassword(password, preparation, 'stored')
  const made = await maker.make({ ...options, text, octets: utf8(text), format, salt, signal })
  return parseStoredCredential(made, { hint: format, preparation })
}

/** @throws RangeError for an unknown scheme, one that is broken and not allowed, a format that has it not, a cost out of bounds. */
export function requirePasswordHash(options: MakeStoredCredentialOptions): {
  readonly maker: PasswordHashMaker
  readonly format: CredentialFormat
} {
  const { scheme = 'argon2id' } = options
  const maker = passwordHashMaker(scheme)
  if (!maker)
    throw new RangeError(`scheme: one of SCRAM-SHA-256 and its kin, ${PASSWORD_HASH_SCHEMES.join(', ')}`)
  if (maker.broken && options[allowBroken] !== true)
    throw new RangeError(
      `${scheme} can be undone by whoever sees it; pass { [allowBroken]: true } to have it all the same`,
    )
  const { format = maker.formats[0] } = options
  if (!maker.formats.includes(format))
    throw new RangeError(`${scheme} is written for ${maker.formats.join(', ')}, not for ${format}`)
  refuseCosts(scheme, options)
  return { maker, format }
}
