import { hashFunction } from '#crypto'
import { type Awaitable, andThen } from '../awaitable.js'
import type { StoredCredential } from '../credentials/stored-credential.js'
import type { ScramCredentials, ScramHash } from '../directory.js'
import { deriveCredentials } from '../mechanisms/scram/keys.js'
import { type Octets, utf8 } from '../octets.js'
import { preparedSecret } from './prepared-secret.js'
import type { ReadAccount } from './read-account.js'

/** The first credential that serves it, and the faults of the passwords that it is not of. */
export interface Source {
  readonly credential: StoredCredential | undefined
  readonly fault: unknown
}

/** What an account answers a challenge mechanism with: its current credential for it. */
export function sourceOf(
  { passwords }: ReadAccount,
  serves: (credential: StoredCredential) => boolean,
): Source {
  const at = passwords.findIndex(({ credentials }) => credentials.some(serves))
  return {
    credential: passwords[at]?.credentials.find(serves),
    fault: passwords.find(({ fault }, place) => fault !== undefined && place !== at)?.fault,
  }
}

/** A cleartext password serves SCRAM too, and has no keys. */
export const holdsKeys = ({ scheme, serves }: StoredCredential, hash: ScramHash): boolean =>
  scheme !== 'cleartext' && serves.includes(`SCRAM-${hash}`)

/** Stored keys, before a cleartext password, from which they have to be made. */
export function scramSource(account: ReadAccount, hash: ScramHash): Source {
  const stored = sourceOf(account, (credential) => holdsKeys(credential, hash))
  return stored.credential ? stored : sourceOf(account, ({ serves }) => serves.includes(`SCRAM-${hash}`))
}

/** What keys that are made of cleartext are made with. */
export interface Derivation {
  readonly salt: Octets
  readonly iterations: number
}

/** The keys that are stored, or such as are made of a cleartext password. */
export function scramKeys(
  credential: StoredCredential,
  hash: ScramHash,
  derivation: () => Derivation,
  signal: AbortSignal | undefined,
): Awaitable<ScramCredentials> {
  const stored = credential.scramCredentials(hash)
  if (stored) return stored
  const { secret } = credential
  if (!secret || !('secret' in secret) || typeof secret.secret !== 'string')
    throw new TypeError(`${credential.scheme} credentials have no keys for SCRAM-${hash}`)
  const { salt, iterations } = derivation()
  return andThen(preparedSecret(secret.secret, credential), (password) =>
    andThen(hashFunction(hash), (known) =>
      deriveCredentials(known, utf8(password), salt, iterations, signal),
    ),
  )
}
