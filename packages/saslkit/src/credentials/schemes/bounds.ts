import type { Octets } from '../../octets.js'
import type { CredentialLimits } from '../limits.js'
import type { Refusals } from './scheme.js'

const DECIMAL = /^(?:0|[1-9][0-9]*)$/

/** Octets of a hash: fewer could be guessed. */
const HASH_LENGTH: readonly [least: number, most: number] = [16, 512]

/**
 * A number in decimal, without leading zeroes.
 *
 * @throws StoredCredentialError `malformed` where it is none or under the least; `limit` above the most.
 */
export function bounded(
  digits: string | number | undefined,
  what: string,
  least: number,
  most: number,
  { malformed, limit }: Refusals,
): number {
  if (!DECIMAL.test(String(digits))) throw malformed(`${what} is no number`)
  const value = Number(digits)
  if (value < least) throw malformed(`${what}: at least ${least}`)
  if (value > most) throw limit(`${what}: at most ${most}`)
  return value
}

/**
 * scrypt's r, and yescrypt's.
 *
 * @param most octets of memory, 128 N r.
 * @throws StoredCredentialError as `bounded` does.
 */
export const boundedR = (
  r: string | number | undefined,
  N: number,
  most: number,
  { scryptLanes }: CredentialLimits,
  refused: Refusals,
): number => bounded(r, 'r', 1, Math.floor(Math.min(most / N, scryptLanes) / 128), refused)

/**
 * scrypt's p, and yescrypt's. Lanes take memory and HMACs that N r says nothing of.
 *
 * @param most by what else bounds it.
 * @throws StoredCredentialError as `bounded` does.
 */
export const boundedP = (
  p: string | number | undefined,
  r: number,
  most: number,
  { scryptLanes }: CredentialLimits,
  refused: Refusals,
): number => bounded(p, 'p', 1, Math.floor(Math.min(most, scryptLanes / (128 * r))), refused)

/** @throws StoredCredentialError `malformed` where there is none, `limit` where it is too long. */
export function boundedSalt(
  salt: Octets | undefined,
  { saltLength }: CredentialLimits,
  { malformed, limit }: Refusals,
  least = 1,
): Octets {
  if (!salt) throw malformed('the salt is not encoded as it should be')
  if (salt.length < least) throw malformed(`salt: at least ${least} octets`)
  if (salt.length > saltLength) throw limit(`salt: at most ${saltLength} octets`)
  return salt
}

/** @throws StoredCredentialError `malformed` where there is none, or it has fewer than 16 octets or more than 512. */
export function boundedHash(hash: Octets | undefined, { malformed }: Refusals): Octets {
  if (!hash || hash.length < HASH_LENGTH[0] || hash.length > HASH_LENGTH[1])
    throw malformed(`the hash is not ${HASH_LENGTH[0]} to ${HASH_LENGTH[1]} octets in base64`)
  return hash
}

/** @throws StoredCredentialError `malformed` where it is undefined or of another length. */
export function ofLength(
  octets: Octets | undefined,
  length: number,
  what: string,
  { malformed }: Refusals,
): Octets {
  if (!octets || octets.length !== length) throw malformed(`${what}: not ${length} octets in its encoding`)
  return octets
}
