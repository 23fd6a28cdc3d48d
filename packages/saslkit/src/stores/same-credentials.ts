import type { Kept, StoredAccount } from './stored-account.js'

/** Whether two accounts hold the same, by the texts: a store's copy of an account is as good as the account. */
export function sameCredentials(one: StoredAccount, other: StoredAccount): boolean {
  return textOf(one) === textOf(other)
}

const textOf = ({ credentials }: StoredAccount): string =>
  JSON.stringify(
    credentials.map((each) => (isList(each) ? each.map((kept) => keptText(kept)) : keptText(each))),
  )

const isList = (each: Kept | readonly Kept[]): each is readonly Kept[] => Array.isArray(each)

const keptText = (kept: Kept): string => (typeof kept === 'string' ? kept : kept.text)
