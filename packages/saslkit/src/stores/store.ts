import type { Awaitable } from '../awaitable.js'
import type { ParseOptions } from '../credentials/parse.js'
import type { Context } from '../step.js'
import type { Census } from './census.js'
import type { StoredAccount } from './stored-account.js'

/** Where accounts live. */
export interface Store {
  /** How the texts of its credentials are read, where their shapes do not tell. */
  readonly parse?: ParseOptions | undefined
  /**
   * The account of that name, or nothing where there is none; several where the store cannot rule that out. The name is
   * data, whatever it holds: no pattern, no query. What is thrown ends the login as `temporary`: nothing that is broken is
   * ever answered with nothing.
   */
  find(name: string, context: Context): Awaitable<StoredAccount | readonly StoredAccount[] | null | undefined>
  /**
   * Whether an account's canonical name may be found by the (prepared) name that was asked for. For stores that know
   * aliases; without it, it is that name once it is prepared.
   */
  sameName?(canonical: string, asked: string): Awaitable<boolean>
  /** What the accounts are like, for a store that can say so at once: decoys are made in their likeness. */
  census?(): Census
  /**
   * Gives the account other credentials, unless it has changed since it was found: then it stays as it is, and the answer
   * is false. (Between a login and this, the password may have been changed.) The credentials are as `StoredAccount` has them: a
   * list within the list is of one password, and each entry is a text or a StoredCredential, whose `text` is what is kept. Keep
   * the lists as they are nested; where there is room for one text alone, `rehash` has to be told (docs/stores.md).
   */
  replace?(
    found: StoredAccount,
    credentials: StoredAccount['credentials'],
    context?: Context,
  ): Awaitable<boolean>
}
