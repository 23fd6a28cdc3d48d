import { hashFunction } from '#crypto'
import type { Refusal, ScramCredentials, ScramHash } from '../directory.js'
import { requireOctets } from '../require-octets.js'
import type { Pbkdf2Credentials } from './account-check.js'
import { requireScramHash } from './require-scram-hash.js'

/** One account. It can serve what it has credentials for; with a cleartext password, everything. */
export interface MemoryAccount {
  /** The identity that a login ends in. It is found by what it is once prepared. */
  readonly authcid: string
  /** In the clear: it serves every mechanism. */
  readonly password?: string | undefined
  /** Keys, by hash. They check passwords too. */
  readonly scram?: Partial<Readonly<Record<ScramHash, ScramCredentials>>> | undefined
  /** For PLAIN and LOGIN. */
  readonly pbkdf2?: Pbkdf2Credentials | undefined
  /** For CRAM-MD5, from `hmacMd5State`. */
  readonly hmacMd5State?: Uint8Array | undefined
  /** Why the account may not come in although its credentials are good. */
  readonly refused?: Refusal['refused'] | undefined
}

/**
 * The account, with octets of its own: what becomes of the caller's changes nobody's password.
 *
 * @param where its place, for whoever has to find out which account it is.
 * @throws TypeError, RangeError for credentials that no login could be checked by.
 */
export async function ownAccount(account: MemoryAccount, where: string): Promise<MemoryAccount> {
  if (typeof account?.authcid !== 'string')
    throw new TypeError(
      `${where}: an account is { authcid, password }, or has other credentials; its authcid is text`,
    )
  const { authcid, password, scram, pbkdf2, hmacMd5State, refused } = account
  if (password !== undefined && typeof password !== 'string')
    throw new TypeError(`${where}.password must be text`)
  if (refused !== undefined && !REFUSALS.includes(refused))
    throw new RangeError(`${where}.refused must be one of ${REFUSALS.join(', ')}`)
  return {
    authcid,
    password,
    scram: scram && (await ownScram(scram, `${where}.scram`)),
    pbkdf2: pbkdf2 && (await ownPbkdf2(pbkdf2, `${where}.pbkdf2`)),
    hmacMd5State: hmacMd5State && ownOctets(hmacMd5State, 32, 32, `${where}.hmacMd5State`),
    refused,
  }
}

const REFUSALS: readonly Refusal['refused'][] = ['account-disabled', 'credentials-expired', 'not-authorized']

async function ownScram(
  scram: NonNullable<MemoryAccount['scram']>,
  where: string,
): Promise<NonNullable<MemoryAccount['scram']>> {
  const own: Partial<Record<ScramHash, ScramCredentials>> = {}
  for (const [name, keys] of Object.entries(scram)) {
    if (keys === undefined) continue
    const hash = requireScramHash(name, `the hash of ${where}`)
    const { size } = await hashFunction(hash)
    const { salt, iterations, storedKey, serverKey }: Partial<ScramCredentials> = keys ?? {}
    own[hash] = {
      salt: ownOctets(salt, 1, 1024, `${where}.salt`),
      iterations: requireCount(iterations, `${where}.iterations`),
      storedKey: ownOctets(storedKey, size, size, `${where}.storedKey`),
      serverKey: ownOctets(serverKey, size, size, `${where}.serverKey`),
    }
  }
  return own
}

async function ownPbkdf2(
  { hash: name, salt, iterations, key }: Pbkdf2Credentials,
  where: string,
): Promise<Pbkdf2Credentials> {
  const hash = requireScramHash(name, `${where}.hash`)
  const { size } = await hashFunction(hash)
  return {
    hash,
    salt: ownOctets(salt, 0, Number.POSITIVE_INFINITY, `${where}.salt`),
    iterations: requireCount(iterations, `${where}.iterations`),
    key: ownOctets(key, size, size, `${where}.key`),
  }
}

function ownOctets(octets: Uint8Array | undefined, least: number, most: number, what: string): Uint8Array {
  const { length } = requireOctets(octets!, what)
  if (length < least || length > most)
    throw new RangeError(`${what} must be ${least === most ? '' : `${least} to `}${most} octets`)
  return new Uint8Array(octets!)
}

function requireCount(count: number | undefined, what: string): number {
  if (!Number.isSafeInteger(count) || count! < 1)
    throw new RangeError(`${what} must be a whole number, 1 at least`)
  return count!
}
