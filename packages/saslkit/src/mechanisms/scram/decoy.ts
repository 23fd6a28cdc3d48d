import { random } from '#crypto'
import { hmacSha256 } from '../../crypto/sha256.js'
import type { ScramCredentials, ScramHash } from '../../directory.js'
import { concat, EMPTY, type Octets, utf8 } from '../../octets.js'

/**
 * Makes credentials for accounts that do not exist: the same salt each time a name is tried, on every node and after
 * every restart that has the secret, so that asking twice tells nothing (security.md section 4.6). `size` is that of the
 * hash.
 */
export function decoys(
  hashName: ScramHash,
  secret: Octets,
  { iterations, saltLength }: { readonly iterations: number; readonly saltLength: number },
): (authcid: string, size: number) => ScramCredentials {
  // Made for known names too, so it had better be cheap: under a key that never changes, this is the cheapest HMAC.
  const hmac = hmacSha256(secret)
  /** Fits no proof: nobody has its preimage. One serves all names, for it never leaves the server. */
  let key = EMPTY

  const salt = (authcid: string): Octets => {
    const name = utf8(`scram-salt\0SCRAM-${hashName}\0${authcid}`)
    let octets = hmac(name)
    for (let block = 1; octets.length < saltLength; block++)
      octets = concat(octets, hmac(concat(name, Uint8Array.of(0, block))))
    return octets.slice(0, saltLength)
  }

  return (authcid, size) => {
    if (key.length !== size) key = random(size)
    return { salt: salt(authcid), iterations, storedKey: key, serverKey: key }
  }
}
