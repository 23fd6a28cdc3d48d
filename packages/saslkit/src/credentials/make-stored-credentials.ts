import { requireKnown } from '../require-known.js'
import { makeStoredCredential } from './make-stored-credential.js'
import type { StoredCredential } from './stored-credential.js'
import { credentialsToMake, type WantedCredentials } from './wanted-credentials.js'

/** What `makeStoredCredentials` makes for an account. */
export interface MakeStoredCredentialsOptions extends WantedCredentials {
  /** Of the account, where a scheme mixes it in: MongoDB's SCRAM-SHA-1, DIGEST-MD5. */
  readonly username?: string | undefined
  /** Ends what is at work or waits its turn, with its `reason`. */
  readonly signal?: AbortSignal | undefined
}

const OPTIONS: Readonly<Record<keyof MakeStoredCredentialsOptions, true>> = {
  scram: true,
  preset: true,
  iterations: true,
  format: true,
  passwordHash: true,
  username: true,
  signal: true,
}

/**
 * Makes all that an account should have, from one password: SCRAM keys for each hash, and a password hash.
 *
 * @throws what makeStoredCredential throws, before any work for what a format does not have; TypeError for options that there
 *   are not.
 */
export async function makeStoredCredentials(
  password: string,
  options: MakeStoredCredentialsOptions = {},
): Promise<readonly StoredCredential[]> {
  requireKnown(options, Object.keys(OPTIONS), 'makeStoredCredentials')
  const { username, signal } = options
  return Promise.all(
    credentialsToMake(options).map((each) => makeStoredCredential(password, { ...each, username, signal })),
  )
}
