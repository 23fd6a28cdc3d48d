import type { ScramHash } from '../directory.js'
import { type MakeStoredCredentialOptions, makeStoredCredential } from './make-stored-credential.js'
import { requireScramHashes } from './require-scram-hash.js'
import type { ScramPresetName } from './scram-presets.js'
import type { StoredCredential } from './stored-credential.js'

/** What `makeStoredCredentials` makes for an account. */
export interface MakeStoredCredentialsOptions {
  /** Default SHA-256, SHA-512 and SHA-1. */
  readonly scram?: readonly ScramHash[] | undefined
  /** For the SCRAM keys: `owasp`, `kafka` or `postgres` in place of 65,536 iterations. */
  readonly preset?: ScramPresetName | undefined
  /** Of the SCRAM keys, whatever the preset says; 4,096 at least. */
  readonly iterations?: number | undefined
  /** What PLAIN and LOGIN are checked against; default Argon2id. Undefined but present: none, SCRAM keys do. */
  readonly passwordHash?: Omit<MakeStoredCredentialOptions, 'signal' | 'username'> | undefined
  /** Ends what is at work or waits its turn, with its `reason`. */
  readonly signal?: AbortSignal | undefined
}

/**
 * Makes all that an account should have, from one password: SCRAM keys for each hash, and a password hash.
 *
 * @throws what makeStoredCredential throws.
 */
export async function makeStoredCredentials(
  password: string,
  options: MakeStoredCredentialsOptions = {},
): Promise<readonly StoredCredential[]> {
  const { scram = ['SHA-256', 'SHA-512', 'SHA-1'], preset, iterations, signal } = options
  requireScramHashes(scram, 'scram')
  const passwordHash = 'passwordHash' in options ? options.passwordHash : {}
  const wanted: MakeStoredCredentialOptions[] = scram.map((hash) => ({
    scheme: `SCRAM-${hash}`,
    preset,
    iterations,
  }))
  if (passwordHash) wanted.push(passwordHash)
  return Promise.all(wanted.map((each) => makeStoredCredential(password, { ...each, signal })))
}
