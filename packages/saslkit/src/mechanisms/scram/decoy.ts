import { hashFunction, random } from '#crypto'
import { type Awaitable, andThen } from '../../awaitable.js'
import type { HashFunction } from '../../crypto/hash.js'
import type { ScramCredentials } from '../../directory.js'
import { concat, type Octets, utf8 } from '../../octets.js'

/** Fits no proof: nobody has its preimage. One serves all names, for it never leaves the server. */
const NO_KEY = random(64)

/**
 * Credentials for an account that does not exist: the same salt each time the name is tried, on every node and after
 * every restart that has the secret, so that asking twice tells nothing (security.md section 4.6).
 */
export const decoy = (
  hash: HashFunction,
  secret: Octets,
  authcid: string,
  { iterations, saltLength }: { readonly iterations: number; readonly saltLength: number },
): Awaitable<ScramCredentials> =>
  andThen(hashFunction('SHA-256'), (sha256) => {
    const key = NO_KEY.subarray(0, hash.size)
    return {
      salt: decoySalt(sha256, secret, hash.name, authcid, saltLength),
      iterations,
      storedKey: key,
      serverKey: key,
    }
  })

/** HMAC-SHA-256 of the mechanism and the name, continued block by block where the salt is longer. */
export function decoySalt(
  sha256: HashFunction,
  secret: Octets,
  hashName: string,
  authcid: string,
  saltLength: number,
): Octets {
  const name = utf8(`scram-salt\0SCRAM-${hashName}\0${authcid}`)
  let salt = sha256.hmac(secret, name)
  for (let block = 1; salt.length < saltLength; block++)
    salt = concat(salt, sha256.hmac(secret, concat(name, Uint8Array.of(0, block))))
  return salt.slice(0, saltLength)
}
