import type { Octets } from '../../octets.js'
import type { CredentialLimits } from '../limits.js'
import type { Refusals } from './scheme.js'

const DECIMAL = /^(?:0|[1-9][0-9]{0,9})$/

/**
 * A number in decimal, without leading zeroes.
 *
 * @throws StoredCredentialError `malformed` where it is none or under the least; `limit` above the most.
 */
export function bounded(
  digits: string | undefined,
  what: string,
  least: number,
  most: number,
  { malformed, limit }: Refusals,
): number {
  if (digits === undefined || !DECIMAL.test(digits)) {
    if (digits !== undefined && /^[1-9][0-9]{10,}$/.test(digits)) throw limit(`${what}: at most ${most}`)
    throw malformed(`${what} is no number`)
  }
  const value = Number(digits)
  if (value < least) throw malformed(`${what}: at least ${least}`)
  if (value > most) throw limit(`${what}: at most ${most}`)
  return value
}

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
