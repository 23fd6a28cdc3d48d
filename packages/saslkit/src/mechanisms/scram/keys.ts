/** The key schedule of SCRAM (RFC 5802 section 3). */
import { type Awaitable, andThen } from '../../awaitable.js'
import type { HashFunction } from '../../crypto/hash.js'
import type { ScramCredentials } from '../../directory.js'
import { type Octets, xorInto } from '../../octets.js'

/** What a client needs beside the password, and instead of it. As good as the password for this account, salt and count. */
export interface ScramClientKeys<O extends Uint8Array = Uint8Array> {
  /** HMAC(SaltedPassword, "Client Key"): proofs are made with it. */
  readonly clientKey: O
  /** HMAC(SaltedPassword, "Server Key"): the server's signature is checked with it. */
  readonly serverKey: O
  /** The hash of the client key, which saves making it for each proof. */
  readonly storedKey?: O | undefined
}

/** @param password UTF-8, prepared. */
export async function clientKeys(
  hash: HashFunction,
  password: Uint8Array,
  salt: Uint8Array,
  iterations: number,
  signal?: AbortSignal,
): Promise<ScramClientKeys<Octets>> {
  const salted = await hash.pbkdf2(password, salt, iterations, signal)
  const keys = keysOfSalted(hash, salted)
  salted.fill(0)
  return keys
}

/** @param salted the SaltedPassword of RFC 5802 section 3. */
export function keysOfSalted(hash: HashFunction, salted: Uint8Array): Required<ScramClientKeys<Octets>> {
  const clientKey = hash.hmac(salted, 'Client Key')
  return { clientKey, serverKey: hash.hmac(salted, 'Server Key'), storedKey: hash.digest(clientKey) }
}

/** What a server stores, from the keys that a client has. */
export const credentialsOf = <O extends Uint8Array>(
  hash: HashFunction,
  { clientKey, serverKey, storedKey = hash.digest(clientKey) }: ScramClientKeys<Octets>,
  salt: O,
  iterations: number,
): ScramCredentials<O | Octets> => ({ salt, iterations, storedKey, serverKey })

/**
 * Makes what a server stores from a password.
 *
 * @param password UTF-8, prepared.
 */
export const deriveCredentials = <O extends Uint8Array>(
  hash: HashFunction,
  password: Uint8Array,
  salt: O,
  iterations: number,
  signal?: AbortSignal,
): Awaitable<ScramCredentials<O | Octets>> =>
  andThen(clientKeys(hash, password, salt, iterations, signal), (keys) =>
    credentialsOf(hash, keys, salt, iterations),
  )

export const clientProof = (
  hash: HashFunction,
  clientKey: Uint8Array,
  authMessage: Uint8Array,
  storedKey: Uint8Array = hash.digest(clientKey),
): Octets => xorInto(hash.hmac(storedKey, authMessage), clientKey)

/** Recovers the StoredKey that a proof speaks for: it is the one we hold, or the password was wrong. */
export const provenKey = (
  hash: HashFunction,
  storedKey: Uint8Array,
  authMessage: Uint8Array,
  proof: Octets,
): Octets => hash.digest(xorInto(hash.hmac(storedKey, authMessage), proof))
