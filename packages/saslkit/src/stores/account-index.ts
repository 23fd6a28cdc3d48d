import { type Awaitable, andThen } from '../awaitable.js'
import type { ParseOptions } from '../credentials/parse.js'
import { type NamePreparation, prepareName } from '../strings/prepare.js'
import { requireNamePreparation } from '../strings/require-preparation.js'
import { type Census, countAccounts } from './census.js'
import type { StoredAccount } from './stored-account.js'

/** How accounts in memory are found and read. */
export interface IndexOptions {
  /** How names are prepared, by the same rule as the directory's; default SASLprep. */
  readonly prepare?: NamePreparation | undefined
  /** How the texts of credentials are read. */
  readonly parse?: ParseOptions | undefined
}

/** Accounts by their prepared names, as they are asked for. */
export interface AccountIndex {
  readonly size: number
  get(prepared: string): readonly StoredAccount[]
  add(prepared: string, account: StoredAccount): void
  remove(prepared: string, account: StoredAccount): void
  census(): Census
  /** The name by which an account is asked for. Throws PreparationError, a RangeError, where it cannot be. */
  prepared(name: string): Awaitable<string>
}

const NONE: readonly StoredAccount[] = []

export function accountIndex({ prepare = 'saslprep', parse }: IndexOptions): AccountIndex {
  requireNamePreparation(prepare, 'prepare')
  const accounts = new Map<string, StoredAccount[]>()
  const counting = countAccounts(parse)
  return {
    get size() {
      return accounts.size
    },
    get: (prepared) => accounts.get(prepared) ?? NONE,
    add(prepared, account) {
      const named = accounts.get(prepared)
      if (named) named.push(account)
      else accounts.set(prepared, [account])
      counting.add(account)
    },
    remove(prepared, account) {
      const left = (accounts.get(prepared) ?? NONE).filter((other) => other !== account)
      if (left.length) accounts.set(prepared, left)
      else accounts.delete(prepared)
      counting.remove(account)
    },
    census: counting.census,
    prepared: (name) =>
      andThen(prepareName(name, prepare, 'query'), (prepared) => {
        if (prepared === '') throw new RangeError('an account has a name')
        return prepared
      }),
  }
}
