import type { MakeScheme } from '../credentials/make-stored-credential.js'
import { type ParseOptions, requireParseOptions } from '../credentials/parse.js'
import { yescryptCost } from '../credentials/schemes/yescrypt.js'
import { scramPlan } from '../credentials/scram-plan.js'
import type { StoredCredential } from '../credentials/stored-credential.js'
import {
  requireWanted,
  type WantedCredentials,
  wantedHashes,
  wantedPasswordHash,
} from '../credentials/wanted-credentials.js'
import type { ScramHash } from '../directory.js'
import { readAccount } from './read-account.js'
import { holdsKeys } from './scram-keys.js'
import type { StoredAccount } from './stored-account.js'

/** What an account should hold for its password; as for `makeStoredCredentials`, and with its defaults. */
export type Wanted = WantedCredentials

/** Keys for the hash, of as many iterations as new ones have. */
export function servesScram(credential: StoredCredential, hash: ScramHash, wanted: Wanted): boolean {
  const { iterations } = scramPlan(hash, wanted)
  return holdsKeys(credential, hash) && Number(credential.parameters.iterations) >= iterations
}

/** Of the wanted scheme, and at no lower cost than is named; strong, where none is and the scheme has any. */
export function servesPasswords(credential: StoredCredential, wanted: Wanted): boolean {
  const passwordHash = wantedPasswordHash(wanted)
  if (!passwordHash) return wantedHashes(wanted).some((hash) => servesScram(credential, hash, wanted))
  const { scheme = 'argon2id', ...named } = passwordHash
  if (credential.scheme !== scheme) return false
  const costs = Object.entries(named).filter(([, cost]) => typeof cost === 'number')
  if (costs.length === 0) return credential.strength === 'strong' || !COSTLY.test(scheme)
  return costs.every(([name, cost]) => costOf(credential, name, Number(cost)) >= Number(cost))
}

/** What can be made strong: of the others one is as good as the next. */
const COSTLY = /^(?:argon2|scrypt$|bcrypt$|pbkdf2-|yescrypt$|sha(?:256|512)-crypt$)/

/** In the terms of the named one, which is answered where the scheme has no such cost. */
function costOf({ scheme, parameters }: StoredCredential, name: string, named: number): number {
  if (scheme !== 'yescrypt' || name !== 'cost') return Number(parameters[name] ?? named)
  // A cost stands for memory, which yescrypt's text spells out.
  const { N, r } = yescryptCost(named)
  return Number(parameters.N) * Number(parameters.r) >= N * r ? named : 0
}

/**
 * What an account lacks, or holds at a lower cost than new accounts, in the order of makeStoredCredentials: what a client can
 * be asked to upgrade (XEP-0480, whose tasks are these names behind "UPGR-"), and what rehashing makes for an account of one
 * password, less what its format does not have. Credentials that cannot be read count as lacking.
 *
 * @throws RangeError for what there is not, or is not in the format that is named; TypeError for options that there are not.
 */
export function missingSchemes(
  account: StoredAccount,
  wanted: Wanted = {},
  parse: ParseOptions = {},
): readonly MakeScheme[] {
  requireWanted(wanted, 'missingSchemes')
  requireParseOptions(parse, 'parse')
  const { passwords } = readAccount(account, parse, () => {})
  const held = passwords.flatMap(({ credentials }) => credentials)
  const scram = wantedHashes(wanted)
    .filter((hash) => !held.some((one) => servesScram(one, hash, wanted)))
    .map((hash) => `SCRAM-${hash}` as const)
  const passwordHash = wantedPasswordHash(wanted)
  return passwordHash && !held.some((one) => servesPasswords(one, wanted))
    ? [...scram, passwordHash.scheme ?? 'argon2id']
    : scram
}
