/** The accounts that exchanges are about, the directory that answers for them, and what it was asked. */
import type { Authorize, Directory, ScramHash } from 'saslkit'
import { type ScramKeys, scramKeys } from '../reference/scram.ts'

export interface Account {
  readonly authcid: string
  readonly password: string
  readonly token: string
}

/** Names that have to be escaped and prepared, and secrets of which none begins or ends with another. */
export const ACCOUNTS: readonly Account[] = [
  { authcid: 'user', password: 'pencil', token: 'vF9dft4qmTc2Nvb3RlckBhbHRhdmlzdGEuY29tCg==' },
  { authcid: 'jürgen', password: 'Straße-№9', token: 'ya29.j_rgen' },
  { authcid: 'a=b,c', password: 'n=x,r=y,p=z', token: 'A+/-._~9' },
  { authcid: 'admin', password: 'tanstaaftanstaaf', token: 'mF_9.B5f-4.1JqM' },
]

export const accountOf = (authcid: string): Account | undefined =>
  ACCOUNTS.find((account) => account.authcid === authcid)

/** Whom everybody may act as, whom nobody may. */
export const ANYBODY: readonly string[] = ['admin', '管理=,者']
export const NOBODY = 'nobody'

export const mayActAs = (authcid: string, authzid: string): boolean =>
  authzid === authcid || ANYBODY.includes(authzid)

/** What was asked during one run. */
export const ledger: { lookups: number; authorized: { authcid: string; authzid: string }[] } = {
  lookups: 0,
  authorized: [],
}

export function resetLedger(): void {
  ledger.lookups = 0
  ledger.authorized = []
}

/** So few that keys can be made in a run. The client's bounds are ITERATIONS to MOST_ITERATIONS. */
export const ITERATIONS = 16
export const MOST_ITERATIONS = 64

const kept = new Map<string, ScramKeys>()

export function keysOf(hash: ScramHash, { authcid, password }: Account): ScramKeys {
  const id = `${hash} ${authcid}`
  const keys =
    kept.get(id) ??
    // KC of "№" is "No", and SASLprep has done it before the password is hashed (RFC 4013 section 2.2).
    scramKeys(hash, password.normalize('NFKC'), new TextEncoder().encode(`${id} salt`), ITERATIONS)
  kept.set(id, keys)
  return keys
}

const asked = <T>(answer: T): T => {
  ledger.lookups++
  return answer
}

export const directory: Required<Omit<Directory, 'decoy' | 'decoyShape' | 'scramHashes'>> = {
  verifyPassword: (authcid, password) => asked(accountOf(authcid)?.password === password),
  secret: (authcid) => asked(accountOf(authcid)?.password.normalize('NFKC')),
  scramCredentials(authcid, hash) {
    const account = accountOf(authcid)
    return asked(account && keysOf(hash, account))
  },
  verifyToken(token) {
    const account = ACCOUNTS.find((one) => one.token === token)
    return asked(account ? { authcid: account.authcid } : { status: 'invalid_token' })
  },
}

export const authorize: Authorize = ({ authcid, authzid }) => {
  ledger.authorized.push({ authcid, authzid })
  return mayActAs(authcid, authzid)
}
