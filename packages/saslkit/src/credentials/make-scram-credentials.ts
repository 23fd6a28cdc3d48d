import { hashFunction, random } from '#crypto'
import type { ScramCredentials, ScramHash } from '../directory.js'
import { credentialsOf, keysOfSalted } from '../mechanisms/scram/keys.js'
import { type Octets, utf8 } from '../octets.js'
import { requireKnown } from '../require-known.js'
import { requireOctets } from '../require-octets.js'
import { requireSignal } from '../require-signal.js'
import { type Preparation, preparePassword } from '../strings/prepare.js'
import { requirePreparation } from '../strings/require-preparation.js'
import { requireScramHash } from './require-scram-hash.js'

/** How SCRAM keys are made of a password. */
export interface MakeScramOptions {
  /** Default 16 random octets. */
  readonly salt?: Uint8Array | undefined
  /** Default 65,536: the most that every known client accepts. At least 4,096. */
  readonly iterations?: number | undefined
  /** How the password is prepared; default SASLprep. */
  readonly prepare?: Preparation | undefined
  /** For the preparation `mongodb` with SHA-1. */
  readonly username?: string | undefined
  /** Ends the derivation, at work or waiting its turn, with its `reason`. */
  readonly signal?: AbortSignal | undefined
}

const OPTIONS = Object.keys({
  salt: true,
  iterations: true,
  prepare: true,
  username: true,
  signal: true,
} satisfies Record<keyof MakeScramOptions, true>)

/**
 * Makes what a server keeps for SCRAM from a password, as keys; `makeStoredCredential` writes them as text.
 *
 * @throws RangeError for an unknown hash, under 4,096 iterations (RFC 7677 section 4), a salt that is not of 1 to 1,024 octets, or a password
 *   that preparation refuses; TypeError for `mongodb` with SHA-1 and no username, and for options that there are not.
 * @throws SaslError `unacceptable` where the runtime refuses so many iterations.
 */
export async function makeScramCredentials(
  hash: ScramHash,
  password: string,
  options: MakeScramOptions = {},
): Promise<ScramCredentials<Octets>> {
  requireKnown(options, OPTIONS, 'makeScramCredentials')
  const { keys, saltedPassword } = await makeScramKeys(hash, password, options)
  saltedPassword.fill(0)
  return keys
}

/** The keys, and what they are derived from, which some systems keep: wipe it. */
export interface MadeScramKeys {
  readonly keys: ScramCredentials<Octets>
  readonly saltedPassword: Octets
}

export async function makeScramKeys(
  hash: ScramHash,
  password: string,
  { salt: given, iterations = 65_536, prepare = 'saslprep', username, signal }: MakeScramOptions,
): Promise<MadeScramKeys> {
  requireScramHash(hash)
  requireSignal(signal)
  requirePreparation(prepare, 'prepare')
  const salt = given === undefined ? random(16) : new Uint8Array(requireOctets(given, 'salt'))
  if (!Number.isSafeInteger(iterations) || iterations < 4096)
    throw new RangeError('iterations: a whole number, 4,096 at least')
  if (salt.length < 1 || salt.length > 1024) throw new RangeError('salt: 1 to 1,024 octets')
  if (prepare === 'mongodb' && hash === 'SHA-1' && username === undefined)
    throw new TypeError("MongoDB's SCRAM-SHA-1 keys hold the name: pass { username }")
  const prepared = await preparePassword(password, prepare, 'stored', { username: username ?? '', hash })
  const known = await hashFunction(hash)
  const saltedPassword = await known.pbkdf2(utf8(prepared), salt, iterations, signal)
  const keys = credentialsOf(known, keysOfSalted(known, saltedPassword), salt, iterations)
  return { keys, saltedPassword }
}
