import type { Service } from '../credentials/credential.js'
import { type ParseOptions, requireParseOptions } from '../credentials/parse.js'
import type { ScramHash } from '../directory.js'
import { SCRAM_HASHES } from '../mechanisms/scram/hashes.js'
import { showFields } from '../show-fields.js'
import { readAccount } from './read-account.js'
import { holdsKeys } from './scram-keys.js'
import type { StoredAccount } from './stored-account.js'

/** Accounts that look and cost the same from outside: the same schemes, at the same costs, in the same order. */
export interface AccountKind {
  /** What they have in common, as text: the same on every node. */
  readonly key: string
  /** How many there are, or what weight they have among the others. */
  readonly accounts: number
  /** One of them. */
  readonly example: StoredAccount
  /** What they can answer. */
  readonly serves: readonly Service[]
}

/** What the accounts of a store are like. */
export interface Census {
  /** The most common first; not the rarest, where there are more than 16. */
  readonly kinds: readonly AccountKind[]
  /** What every account can answer, save those that can answer nothing. */
  readonly everybody: readonly Service[]
  /** The hashes for which anybody has SCRAM keys, rather than a cleartext password. */
  readonly stored: readonly ScramHash[]
}

/** Counts accounts as they come and go. */
export interface Counting {
  /** Counts one account, or as many like it; default 1. */
  add(account: StoredAccount, times?: number): void
  /** Takes out one that was added: the same object. */
  remove(account: StoredAccount): void
  /** As it is now. The same object until something changes. */
  census(): Census
}

/** For every name that is tried a few hashes are made for each kind, so there are only so many. */
const MOST_KINDS = 16

interface Kind {
  readonly key: string
  readonly serves: readonly Service[]
  readonly stored: readonly ScramHash[]
  readonly accounts: Map<StoredAccount, number>
  total: number
}

/** A census that is printed shows how many there are of a kind, and nobody's credentials. */
class CountedKind implements AccountKind {
  readonly key: string
  readonly accounts: number
  readonly serves: readonly Service[]
  readonly #example: StoredAccount

  static {
    showFields(CountedKind)
  }

  constructor({ key, total, serves, accounts }: Kind) {
    const [example] = accounts.keys()
    this.key = key
    this.accounts = total
    this.serves = serves
    this.#example = example!
  }

  get example(): StoredAccount {
    return this.#example
  }
}

/**
 * What a census is taken with. Credentials that cannot be read do not count.
 *
 * @throws TypeError for ways to read them that there are not; RangeError for a limit that is no number.
 */
export function countAccounts(parse: ParseOptions = {}): Counting {
  requireParseOptions(parse, 'parse')
  const kinds = new Map<string, Kind>()
  const kindOf = new WeakMap<StoredAccount, Kind>()
  let taken: Census | undefined

  return {
    add(account, times = 1) {
      const { key, serves, stored } = likeness(account, parse)
      if (!serves.length) return
      const kind = kinds.get(key) ?? { key, serves, stored, accounts: new Map(), total: 0 }
      kind.accounts.set(account, times)
      kind.total += times
      kinds.set(key, kind)
      kindOf.set(account, kind)
      taken = undefined
    },
    remove(account) {
      const kind = kindOf.get(account)
      const times = kind?.accounts.get(account)
      if (!kind || times === undefined) return
      kind.accounts.delete(account)
      kind.total -= times
      if (!kind.accounts.size) kinds.delete(kind.key)
      taken = undefined
    },
    census: () => (taken ??= take([...kinds.values()])),
  }
}

function take(kinds: readonly Kind[]): Census {
  const sorted = kinds.toSorted((a, b) => b.total - a.total || (a.key < b.key ? -1 : 1))
  const [first, ...others] = sorted.map(({ serves }) => serves)
  return {
    kinds: sorted.slice(0, MOST_KINDS).map((kind) => new CountedKind(kind)),
    everybody: (first ?? []).filter((service) => others.every((serves) => serves.includes(service))),
    stored: SCRAM_HASHES.filter((hash) => kinds.some(({ stored }) => stored.includes(hash))),
  }
}

function likeness(account: StoredAccount, parse: ParseOptions): Pick<Kind, 'key' | 'serves' | 'stored'> {
  const { passwords } = readAccount(account, parse, () => {})
  const key = passwords.map(({ credentials }) =>
    credentials.map(({ scheme, preparation, parameters }) => [scheme, preparation, parameters]),
  )
  const all = passwords.flatMap(({ credentials }) => credentials)
  return {
    key: JSON.stringify(key),
    serves: [...new Set(all.flatMap(({ serves }) => serves))],
    stored: SCRAM_HASHES.filter((hash) => all.some((credential) => holdsKeys(credential, hash))),
  }
}
