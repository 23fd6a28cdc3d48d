import { random } from '#crypto'
import { type Awaitable, andThen } from '../awaitable.js'
import type { Service } from '../credentials/credential.js'
import { makeStoredCredential } from '../credentials/make-stored-credential.js'
import type { ParseOptions } from '../credentials/parse.js'
import { SCRAM_SIZES } from '../credentials/schemes/scram/scram-credential.js'
import { hmacSha256 } from '../crypto/sha256.js'
import type { ScramCredentials, ScramHash, ScramShape } from '../directory.js'
import { decoys, requireDecoySecret } from '../mechanisms/scram/decoy.js'
import { hex, type Octets } from '../octets.js'
import { type AccountKind, type Census, countAccounts } from './census.js'
import { chooseKind } from './choose-kind.js'
import { type ReadAccount, readAccount } from './read-account.js'
import { type Derivation, scramSource } from './scram-keys.js'
import type { Store } from './store.js'
import type { StoredAccount } from './stored-account.js'

/** What many accounts look like, where a store cannot say it. */
export interface TypicalAccount extends Pick<StoredAccount, 'credentials'> {
  /** How many there are, or what part of all they make; default 1. */
  readonly accounts?: number | undefined
}

/** What accounts that do not exist are to look like. */
export interface DecoyAccountOptions {
  /**
   * Seeds what accounts that do not exist look like. At least 16 octets; the same on every node, and kept as long as the
   * accounts.
   */
  readonly decoySecret: Uint8Array
  /**
   * Accounts like those that there are, for stores that cannot say it: decoys are made in their likeness, and what a server
   * offers follows from it. The password is of no matter: `[{ credentials: [await makeStoredCredentials('any')] }]` is a
   * whole one. Required where the store has no `census()`; an empty list says that nobody knows.
   */
  readonly typical?: readonly TypicalAccount[] | undefined
  /** The iteration count of SCRAM keys that are made of cleartext passwords at each login; default 4,096. */
  readonly derivedIterations?: number | undefined
}

/** What new accounts are given. */
const UNSEEN: ScramShape = { iterations: 65_536, saltLength: 16 }

export interface StandIn {
  /** One that can answer the service. Undefined: no account can. */
  readonly able: StoredAccount | undefined
  /** The same, or another that there is: to be read, since an account that is there is. */
  readonly any: StoredAccount | undefined
}

/** Silence would offer no SCRAM, and give unknown names away where accounts are not as new ones. */
const UNKNOWN_ACCOUNTS =
  'the store has no census(), so say what its accounts hold: pass ' +
  "{ typical: [{ credentials: [await makeStoredCredentials('any password')] }] }, or { typical: [] } if nobody knows"

/** Stands for accounts that do not exist. */
export interface DecoyAccounts {
  readonly census: Census
  /** Accounts to stand in for a name that nobody has, always of the same kind. */
  like(name: string, service: Service): StandIn
  /** As readAccount reads it, and at once if it has been asked for before. */
  read(standIn: StoredAccount): ReadAccount
  /** One to check passwords against, where no account is known that can: the last that got in, or a new one. */
  usual(): Awaitable<StoredAccount>
  /** What the name's SCRAM credentials look like. */
  scram(name: string, hash: ScramHash): Awaitable<ScramCredentials<Octets>>
  /** What keys are made with where the account holds a cleartext password. */
  derivation(name: string, hash: ScramHash): Derivation
  /** An account has just proved itself: until more is known, others are like it. */
  met(account: StoredAccount): void
}

/** Which kind of account a name was taken for. */
interface Choice {
  readonly among: readonly AccountKind[]
  readonly name: string
  readonly service: Service
  readonly kind: AccountKind | undefined
}

/**
 * @throws RangeError for a decoy secret under 16 octets, or a number that is none; TypeError where neither the store nor
 *   `typical` says what accounts are like.
 */
export function decoyAccounts(
  store: Store,
  { decoySecret, typical, derivedIterations = 4096 }: DecoyAccountOptions,
  parse: ParseOptions,
): DecoyAccounts {
  const secret = requireDecoySecret(decoySecret)
  const hmac = hmacSha256(secret)
  if (!(Number.isSafeInteger(derivedIterations) && derivedIterations >= 4096))
    throw new RangeError('derivedIterations: a whole number, 4,096 at least')
  const derived: ScramShape = { iterations: derivedIterations, saltLength: UNSEEN.saltLength }
  if (!store.census && !typical) throw new TypeError(UNKNOWN_ACCOUNTS)
  if (typical !== undefined && !Array.isArray(typical))
    throw new TypeError('typical must be a list of accounts: [{ credentials }]')
  const given = countAccounts(parse)
  for (const { credentials, accounts = 1 } of typical ?? []) {
    if (!(accounts > 0)) throw new RangeError('typical: a number of accounts is above zero')
    given.add({ name: 'a typical account', credentials }, accounts)
  }

  const census = (): Census => {
    const own = store.census?.()
    return own?.kinds.length ? own : given.census()
  }
  const readings = new WeakMap<StoredAccount, ReadAccount>()
  const read = (account: StoredAccount): ReadAccount => {
    const reading = readings.get(account) ?? readAccount(account, parse, () => {})
    readings.set(account, reading)
    return reading
  }

  /** The latest answer: a login asks twice, for the looks and for the work. */
  let latestChoice: Choice | undefined
  const choose = (name: string, service: Service): Choice => {
    const { kinds } = census()
    const known = latestChoice
    if (known?.among === kinds && known.name === name && known.service === service) return known
    const serving = kinds.filter(({ serves }) => serves.includes(service))
    latestChoice = { among: kinds, name, service, kind: chooseKind(serving, name, hmac) }
    return latestChoice
  }

  const shapes = new WeakMap<AccountKind, Map<ScramHash, ScramShape>>()
  const shapeOf = (kind: AccountKind | undefined, hash: ScramHash): Awaitable<ScramShape> => {
    if (!kind) return UNSEEN
    const known = shapes.get(kind) ?? new Map<ScramHash, ScramShape>()
    shapes.set(kind, known)
    const shape = known.get(hash)
    if (shape) return shape
    const { credential } = scramSource(
      readAccount(kind.example, parse, () => {}),
      hash,
    )
    const keys = credential?.scramCredentials(hash)
    return andThen<ScramCredentials | undefined, ScramShape>(keys, (found) => {
      const made = found ? { iterations: found.iterations, saltLength: found.salt.length } : derived
      known.set(hash, made)
      return made
    })
  }

  const makers = new Map<ScramHash, ReturnType<typeof decoys>>()
  const makerOf = (hash: ScramHash) => {
    const maker = makers.get(hash) ?? decoys(hash, secret)
    makers.set(hash, maker)
    return maker
  }

  let latest: StoredAccount | undefined
  let unseen: Awaitable<StoredAccount> | undefined
  /** As new accounts are. Where it cannot be made, the next try makes it. */
  const unseenAccount = (): Awaitable<StoredAccount> => {
    unseen ??= makeStoredCredential(hex(random(16))).then(
      (made) => (unseen = { name: 'a new account', credentials: [made] }),
      (error) => {
        unseen = undefined
        throw error
      },
    )
    return unseen
  }

  return {
    get census() {
      return census()
    },
    like(name, service) {
      const { kind, among } = choose(name, service)
      const able = kind?.example
      return { able, any: able ?? among[0]?.example }
    },
    read,
    usual: () => latest ?? unseenAccount(),
    scram: (name, hash) =>
      andThen(shapeOf(choose(name, `SCRAM-${hash}`).kind, hash), (shape) =>
        makerOf(hash)(name, SCRAM_SIZES[hash], shape),
      ),
    derivation: (name, hash) => makerOf(hash)(name, SCRAM_SIZES[hash], derived),
    met(account) {
      latest = account
    },
  }
}
