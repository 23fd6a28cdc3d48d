import { breathe } from '../credentials/hashes/breathe.js'
import { requireKnown } from '../require-known.js'
import { type AccountIndex, accountIndex, type IndexOptions } from './account-index.js'
import { sameCredentials } from './same-credentials.js'
import type { Store } from './store.js'
import type { StoredAccount } from './stored-account.js'

/** How a store in memory finds and reads its accounts. */
export type MemoryStoreOptions = IndexOptions

/** A store that holds its accounts in memory. */
export interface MemoryStore extends Required<Omit<Store, 'parse' | 'sameName'>>, Pick<Store, 'parse'> {
  readonly size: number
  /** The account of that prepared name, if there is one. */
  find(name: string): readonly StoredAccount[]
  /** Adds an account, or puts it in the place of the one that has its name. */
  put(account: StoredAccount): Promise<void>
  /** Whether there was one of that name. */
  remove(name: string): Promise<boolean>
  /** All other accounts: whoever looks finds the old ones or the new ones, never some of each. */
  swap(accounts: Iterable<StoredAccount>): Promise<void>
}

const OPTIONS = Object.keys({ prepare: true, parse: true } satisfies Record<keyof MemoryStoreOptions, true>)

/**
 * A store in memory.
 *
 * @throws RangeError, from whatever adds accounts, where two would have one name after preparation, or a name cannot be
 *   prepared: nothing is changed then. TypeError for options that there are not.
 */
export async function memoryStore(
  accounts: Iterable<StoredAccount> = [],
  options: MemoryStoreOptions = {},
): Promise<MemoryStore> {
  requireKnown(options, OPTIONS, 'memoryStore')
  let index = await indexOf(accounts, options)
  let turn: Promise<unknown> = Promise.resolve()
  /** Changes are made one after the other, in the order in which they were asked for. */
  const inTurn = <T>(change: () => Promise<T>): Promise<T> => {
    const made = turn.then(change)
    turn = made.catch(() => {})
    return made
  }

  return {
    parse: options.parse,
    get size() {
      return index.size
    },
    find: (name) => index.get(name),
    census: () => index.census(),
    replace: (found, credentials) =>
      inTurn(async () => {
        const name = await index.prepared(found.name)
        const [account] = index.get(name)
        if (account?.name !== found.name || !sameCredentials(account, found)) return false
        index.remove(name, account)
        index.add(name, copyOf({ ...account, credentials }))
        return true
      }),
    put: (account) =>
      inTurn(async () => {
        const name = await preparedName(index, account)
        const [old] = index.get(name)
        if (old && old.name !== account.name) throw twoNamed(name)
        if (old) index.remove(name, old)
        index.add(name, copyOf(account))
      }),
    remove: (name) =>
      inTurn(async () => {
        const prepared = await index.prepared(name)
        const [account] = index.get(prepared)
        if (account?.name !== name) return false
        index.remove(prepared, account)
        return true
      }),
    swap: (others) =>
      inTurn(async () => {
        index = await indexOf(others, options)
      }),
  }
}

/** Accounts that are read before everybody else has a turn. */
const A_WHILE = 500

async function indexOf(
  accounts: Iterable<StoredAccount>,
  options: MemoryStoreOptions,
): Promise<AccountIndex> {
  if (typeof accounts !== 'object' || accounts === null || !(Symbol.iterator in accounts))
    throw new TypeError('accounts: a list of them, [{ name, credentials }]')
  const index = accountIndex(options)
  let added = 0
  for (const account of accounts) {
    if (++added % A_WHILE === 0) await breathe(undefined)
    const name = await preparedName(index, account)
    if (index.get(name).length) throw twoNamed(name)
    index.add(name, copyOf(account))
  }
  return index
}

async function preparedName(index: AccountIndex, account: StoredAccount): Promise<string> {
  if (typeof account?.name !== 'string' || !Array.isArray(account.credentials))
    throw new TypeError('an account is { name, credentials }: text, and a list')
  return index.prepared(account.name)
}

/**
 * What becomes of the caller's lists is nothing to the store. An account may be of a class, whose getters a spread would
 * lose: who is refused would be let in.
 */
const copyOf = (account: StoredAccount): StoredAccount => ({
  ...account,
  name: account.name,
  ...(account.refused != null && { refused: account.refused }),
  ...(account.realm != null && { realm: account.realm }),
  credentials: account.credentials.map((one) => (Array.isArray(one) ? [...one] : one)),
})

function twoNamed(name: string): RangeError {
  return new RangeError(`two accounts named ${JSON.stringify(name)} once they are prepared`)
}
