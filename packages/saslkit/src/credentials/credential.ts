import type { Awaitable } from '../awaitable.js'
import type { ScramCredentials, ScramHash } from '../directory.js'
import type { Octets } from '../octets.js'
import type { Preparation } from '../strings/prepare.js'

/**
 * - `strong`: slow and salted, at a cost that is still respectable.
 * - `weak`: slow and salted, at a cost that no longer is; make a better one at the next login.
 * - `broken`: whoever steals it has the password, or will have it by tonight.
 */
export type Strength = 'strong' | 'weak' | 'broken'

/** What a credential is good for: checking a password (PLAIN, LOGIN, …), or a challenge mechanism by its name. */
export type Service = 'password' | `SCRAM-${ScramHash}` | 'CRAM-MD5' | 'DIGEST-MD5' | 'OTP'

/** Whose way of writing it is. */
export type CredentialFormat =
  | 'cleartext'
  | 'cram-md5'
  | 'crypt'
  | 'digest-md5'
  | 'django'
  | 'dovecot'
  | 'ejabberd'
  | 'gsasl'
  | 'htpasswd'
  | 'kafka'
  | 'ldap'
  | 'mongodb'
  | 'passlib'
  | 'phc'
  | 'postgresql'
  | 'prosody'
  | 'rfc5803'
  | 'wordpress'

/**
 * How the password was prepared before the credential was made. `unknown` where the format does not say: then a password
 * is tried as it was sent, and as SASLprep makes it where that differs.
 */
export type CredentialPreparation = Preparation | 'unknown'

/** Of the account that a password is for, where the scheme mixes it in. */
export interface Owner {
  /** MongoDB's SCRAM-SHA-1, and DIGEST-MD5's HA1. */
  readonly username?: string | undefined
  /** DIGEST-MD5's HA1. Default: what follows the last "@" of the username, which is Dovecot's rule. */
  readonly realm?: string | undefined
}

/** What a parser makes of a text: what is public of it, and closures over what is not. */
export interface Credential {
  /** The algorithm: "SCRAM-SHA-256", "argon2id", "sha512-crypt". */
  readonly scheme: string
  readonly format: CredentialFormat
  readonly strength: Strength
  readonly serves: readonly Service[]
  readonly preparation: CredentialPreparation
  /** Costs and lengths. No salts, no keys. */
  readonly parameters: Readonly<Record<string, number | string>>
  /** How many octets of a password count, where not all do. */
  readonly significantOctets?: number | undefined
  /** crypt(3) takes a string that ends at NUL: a password that holds one was never meant. */
  readonly refusesNul?: boolean | undefined
  /** Undefined where a password cannot be checked. The time it takes does not depend on whether it fits. */
  readonly verify?: Verify | undefined
  readonly scram?: Scram | undefined
  readonly secret?: { readonly secret: string } | { readonly hmacMd5State: Octets } | undefined
  /** DIGEST-MD5's H(username:realm:password), 16 octets. */
  readonly ha1?: Octets | undefined
}

/**
 * @param password in one of the forms that the rule makes of a presented one.
 * @param rule the credential's `preparation`, which whoever parses may have overruled: what is kept as it was typed is
 *   prepared by the same.
 */
export type Verify = (
  password: Octets,
  owner: Owner,
  signal: AbortSignal | undefined,
  rule: CredentialPreparation,
) => Awaitable<boolean>

/** SCRAM's keys, for one hash or several. */
export interface Scram {
  readonly hashes: readonly ScramHash[]
  /** The one that passwords are checked by. */
  readonly checkedBy: ScramHash
  keys(hash: ScramHash): Awaitable<ScramCredentials<Octets>> | undefined
  /** What the keys are derived from, where the format has it: as good as the password for this salt and count. */
  saltedPassword?(hash: ScramHash): Octets | undefined
}
