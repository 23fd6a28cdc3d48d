import { type ParseOptions, parseStoredCredential } from '../credentials/parse.js'
import { StoredCredential } from '../credentials/stored-credential.js'
import type { Kept, StoredAccount } from './stored-account.js'

/** One of the credentials made of a password: as it is kept, and as it was read, if it could be. */
export interface Entry {
  readonly kept: Kept
  readonly credential?: StoredCredential | undefined
}

/** What an account holds for one password. */
export interface Password {
  readonly entries: readonly Entry[]
  /** Those that could be read, in their order. */
  readonly credentials: readonly StoredCredential[]
  /** Why another could not be. */
  readonly fault?: unknown
}

export interface ReadAccount {
  readonly name: string
  readonly realm: string | undefined
  /** The current one first. */
  readonly passwords: readonly Password[]
}

/** Is told of each credential that cannot be read. */
export type Tell = (account: string, fault: unknown) => void

/** Reads what an account holds. One credential that cannot be read spoils no other. */
export const readAccount = (account: StoredAccount, parse: ParseOptions, tell: Tell): ReadAccount => ({
  name: account.name,
  realm: account.realm ?? undefined,
  passwords: account.credentials.map((one) => readPassword(account.name, one, parse, tell)),
})

const isList = (one: Kept | readonly Kept[]): one is readonly Kept[] => Array.isArray(one)

function readPassword(
  account: string,
  one: Kept | readonly Kept[],
  parse: ParseOptions,
  tell: Tell,
): Password {
  let fault: unknown
  const entries = (isList(one) ? one : [one]).map((kept): Entry => {
    if (kept instanceof StoredCredential) return { kept, credential: kept }
    try {
      return { kept, credential: parseStoredCredential(kept, parse) }
    } catch (error) {
      tell(account, error)
      fault ??= error
      return { kept }
    }
  })
  const credentials = entries.flatMap(({ credential }) => (credential ? [credential] : []))
  return { entries, credentials, fault }
}
