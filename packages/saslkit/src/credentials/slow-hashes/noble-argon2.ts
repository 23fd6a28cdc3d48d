import type { Octets } from '../../octets.js'
import { StoredCredentialError } from '../stored-credential-error.js'
import type { Argon2Parameters } from './slow-hash.js'

/** KiB. Beyond it, Argon2 in JavaScript takes longer than anybody waits for a login. */
const MOST = 65_536

/** Each lane's first two blocks are made without a rest, 0.4 ms a lane. */
const MOST_LANES = 16

/** Argon2 in JavaScript: some twenty times as slow as a native one, but it is always there. */
export async function nobleArgon2(
  password: Octets,
  salt: Octets,
  { kind, version, memory, passes, lanes, size }: Argon2Parameters,
  instead: string,
): Promise<Octets> {
  if (memory > MOST)
    throw new StoredCredentialError(
      'unavailable',
      kind,
      `more than ${MOST} KiB are too many for Argon2 in JavaScript; ${instead}`,
    )
  if (lanes > MOST_LANES)
    throw new StoredCredentialError(
      'unavailable',
      kind,
      `more than ${MOST_LANES} lanes are too many for Argon2 in JavaScript; ${instead}`,
    )
  const { argon2dAsync, argon2iAsync, argon2idAsync } = await import('@noble/hashes/argon2.js')
  const argon2 = { argon2d: argon2dAsync, argon2i: argon2iAsync, argon2id: argon2idAsync }[kind]
  const options = { version, m: memory, t: passes, p: lanes, dkLen: size, asyncTick: 4 }
  return (await argon2(password, salt, options)) as Octets
}
