import { hashFunction, random } from '#crypto'
import type { ScramCredentials, ScramHash } from '../directory.js'
import { deriveCredentials } from '../mechanisms/scram/keys.js'
import { type Octets, utf8 } from '../octets.js'
import { type Preparation, preparePassword } from '../strings/prepare.js'

export interface MakeScramOptions {
  /** Default 16 random octets. */
  readonly salt?: Octets | undefined
  /** Default 65,536: the most that every known client accepts (security.md section 4.2). At least 4,096. */
  readonly iterations?: number | undefined
  /** How the password is prepared; default SASLprep. */
  readonly prepare?: Preparation | undefined
  /** For the preparation `mongodb` with SHA-1. */
  readonly username?: string | undefined
  readonly signal?: AbortSignal | undefined
}

/**
 * Makes what a server keeps for SCRAM from a password.
 *
 * @throws RangeError for under 4,096 iterations (RFC 7677 section 4), an empty salt, or a password that preparation refuses.
 */
export async function makeScramCredentials(
  hash: ScramHash,
  password: string,
  options: MakeScramOptions = {},
): Promise<ScramCredentials> {
  const { salt = random(16), iterations = 65_536, prepare = 'saslprep', username, signal } = options
  if (!Number.isSafeInteger(iterations) || iterations < 4096)
    throw new RangeError('iterations must be a whole number, 4,096 at least')
  if (salt.length === 0) throw new RangeError('salt must not be empty')
  const prepared = await preparePassword(
    password,
    prepare,
    'stored',
    username === undefined ? undefined : { username, hash },
  )
  return deriveCredentials(await hashFunction(hash), utf8(prepared), salt, iterations, signal)
}
