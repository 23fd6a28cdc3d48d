import { random } from '#crypto'
import type { Awaitable } from '../../awaitable.js'
import { consult } from '../../consult.js'
import { hmacSha256, prf16 } from '../../crypto/sha256.js'
import type { ScramCredentials, ScramHash, ScramLookup, ScramShape } from '../../directory.js'
import { concat, EMPTY, type Octets, utf8 } from '../../octets.js'
import { isOctets } from '../../require-octets.js'

/**
 * @returns a copy: what becomes of the caller's buffer changes no decoy.
 * @throws TypeError for what is no octets, RangeError for under 16 of them.
 */
export function requireDecoySecret(secret: Uint8Array | undefined): Octets {
  if (!isOctets(secret))
    throw new TypeError(
      'decoySecret must be octets, 16 at least, kept as long as the accounts; pass a Uint8Array',
    )
  if (secret.length < 16)
    throw new RangeError('decoySecret must be at least 16 octets, kept as long as the accounts')
  return new Uint8Array(secret)
}

/**
 * Makes credentials for accounts that do not exist: the same salt each time a name is tried, on every node and after
 * every restart that has the secret, so that asking twice tells nothing. `size` is that of the
 * hash.
 */
export function decoys(
  hashName: ScramHash,
  secret: Octets,
): (authcid: string, size: number, shape: ScramShape) => ScramCredentials<Octets> {
  // Made for known names too, so it had better be cheap.
  const prf = prf16(hmacSha256(secret)(utf8(`scram-salt SCRAM-${hashName}`)))
  /** Fits no proof: nobody has its preimage. One serves all names, for it never leaves the server. */
  let key = EMPTY

  const salt = (authcid: string, length: number): Octets => {
    const name = utf8(authcid)
    let octets = prf(name)
    for (let block = 1; octets.length < length; block++)
      octets = concat(octets, prf(concat(name, Uint8Array.of(0, block))))
    return octets.length === length ? octets : octets.slice(0, length)
  }

  return (authcid, size, { iterations, saltLength }) => {
    if (key.length !== size) key = random(size)
    return { salt: salt(authcid, saltLength), iterations, storedKey: key, serverKey: key }
  }
}

export interface DecoyOptions {
  /**
   * Seeds the credentials of accounts that do not exist, so that each keeps its salt. At least 16 octets; the same on
   * every node, and kept as long as the accounts. Not needed where the directory makes its own decoys.
   */
  readonly decoySecret?: Uint8Array | undefined
  /** The iteration count of those credentials; default what the directory says (`decoyShape`), or 65,536. */
  readonly decoyIterations?: number | undefined
  /** The length of their salts in octets; default what the directory says, or 16. */
  readonly decoySaltLength?: number | undefined
}

/**
 * The directory's own decoys, or such as the options say.
 *
 * @throws RangeError for a decoy secret under 16 octets, or decoys that no account could have.
 */
export function decoysFor(
  hashName: ScramHash,
  directory: ScramLookup,
  { decoySecret, decoyIterations, decoySaltLength }: DecoyOptions,
): (authcid: string, size: number) => Awaitable<ScramCredentials> {
  if (directory.decoy) return (authcid) => consult(() => directory.decoy!(authcid, hashName))
  const secret = requireDecoySecret(decoySecret)
  const usual = directory.decoyShape?.(hashName)
  const iterations = decoyIterations ?? usual?.iterations ?? 65_536
  const saltLength = decoySaltLength ?? usual?.saltLength ?? 16
  // Wrong ones would show only when an unknown name is tried, and set it apart.
  if (!(Number.isSafeInteger(iterations) && iterations >= 1))
    throw new RangeError('decoyIterations must be a whole number, 1 at least')
  if (!(Number.isSafeInteger(saltLength) && saltLength >= 1 && saltLength <= 1024))
    throw new RangeError('decoySaltLength must be a whole number from 1 to 1,024')
  const shape = { iterations, saltLength }
  const decoy = decoys(hashName, secret)
  return (authcid, size) => decoy(authcid, size, shape)
}
