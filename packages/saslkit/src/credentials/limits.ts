import { requireKnown } from '../require-known.js'

/**
 * What a stored credential may ask of us. More is refused before any work is done: whoever can write one row must not be
 * able to hold up every login. All are inclusive.
 */
export interface CredentialLimits {
  /** Characters of a credential's text; default 16,384. */
  readonly textLength: number
  /** Octets of a salt; default 1,024. There is always at least one, except where a format fixes the length. */
  readonly saltLength: number
  /** PBKDF2, which SCRAM is built on; default 10,000,000. */
  readonly pbkdf2Iterations: number
  /** Rounds of SHA-crypt, and of phpass (2 to the power it names); default 5,000,000. */
  readonly cryptRounds: number
  /** The base 2 logarithm of bcrypt's rounds; default 16. */
  readonly bcryptCost: number
  /** KiB of memory; default 1,048,576 (1 GiB). */
  readonly argon2Memory: number
  /** KiB of memory times passes; default 4,194,304. */
  readonly argon2Work: number
  /** Octets of memory, 128 N r, beside twice the lanes; default 1 GiB. */
  readonly scryptMemory: number
  /** Octets of memory times p; default 4 GiB. */
  readonly scryptWork: number
  /**
   * Octets of lanes, 128 r p, of scrypt and of yescrypt; default 32 KiB. They are derived at once and mixed 128 r at a
   * time, whatever N is: a thousand HMACs, which in JavaScript are 5 ms. It bounds r too, to 256.
   */
  readonly scryptLanes: number
  /** Octets of memory; default 256 MiB, for it runs in JavaScript. */
  readonly yescryptMemory: number
  /** Octets of memory times the passes over it; default 1 GiB. */
  readonly yescryptWork: number
}

const GIB = 2 ** 30

/** The limits that hold where none are passed: what makes credentials keeps to them too. */
export const CREDENTIAL_LIMITS: CredentialLimits = {
  textLength: 16_384,
  saltLength: 1024,
  pbkdf2Iterations: 10_000_000,
  cryptRounds: 5_000_000,
  bcryptCost: 16,
  argon2Memory: 1_048_576,
  argon2Work: 4_194_304,
  scryptMemory: GIB,
  scryptWork: 4 * GIB,
  scryptLanes: 32_768,
  yescryptMemory: GIB / 4,
  yescryptWork: GIB,
}

/**
 * All limits, of those that a caller moves. Infinity is one that never refuses.
 *
 * @throws TypeError for a limit that there is not; RangeError for what is no number: nothing is above it, so that it would
 *   refuse nothing.
 */
export function limitsOf(
  moved: Readonly<Partial<Record<keyof CredentialLimits, number | undefined>>> = {},
): CredentialLimits {
  const limits = { ...CREDENTIAL_LIMITS }
  const names = Object.keys(limits) as (keyof CredentialLimits)[]
  requireKnown(moved, names, 'limits')
  for (const name of names) {
    const limit = moved[name] === undefined ? limits[name] : moved[name]
    if (typeof limit !== 'number' || Number.isNaN(limit)) throw new RangeError(`limits.${name}: a number`)
    Object.assign(limits, { [name]: limit })
  }
  return limits
}
