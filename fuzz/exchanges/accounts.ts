/** The accounts that exchanges are about, the directory that answers for them, and what it was asked. */
import type { Authorize, DirectoryWith, ScramHash } from 'saslkit'
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
export const ledger: {
  lookups: number
  authorized: { authcid: string; authzid: string }[]
  /** What no directory should be asked about. */
  unfit: string | undefined
} = { lookups: 0, authorized: [], unfit: undefined }

export function resetLedger(): void {
  ledger.lookups = 0
  ledger.authorized = []
  ledger.unfit = undefined
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

const CONTROL = /\p{Cc}/u

/** Whether a directory may be asked about that name: a store may take it for a file, or a line. */
export const isFitName = (name: string): boolean =>
  name !== '' && name.isWellFormed() && Buffer.byteLength(name) <= 255 && !CONTROL.test(name)

function requireName(name: string): void {
  if (!isFitName(name)) ledger.unfit = `the name ${JSON.stringify(name)}`
}

/** Some take a password for a string that ends at NUL; long ones are work to hash. */
function requirePassword(password: string): void {
  if (
    password === '' ||
    password.includes('\0') ||
    !password.isWellFormed() ||
    Buffer.byteLength(password) > 1024
  )
    ledger.unfit = `the password ${JSON.stringify(password)}`
}

export const directory: DirectoryWith<'verifyPassword' | 'secret' | 'scramCredentials' | 'verifyToken'> = {
  verifyPassword(authcid, password) {
    requireName(authcid)
    requirePassword(password)
    return asked(accountOf(authcid)?.password === password)
  },
  secret(authcid) {
    requireName(authcid)
    return asked(accountOf(authcid)?.password.normalize('NFKC'))
  },
  scramCredentials(authcid, hash) {
    requireName(authcid)
    const account = accountOf(authcid)
    return asked(account && keysOf(hash, account))
  },
  verifyToken(token, { authzid }) {
    if (!/^[A-Za-z0-9._~+/-]+=*$/.test(token)) ledger.unfit = `the token ${JSON.stringify(token)}`
    if (authzid !== undefined && CONTROL.test(authzid))
      ledger.unfit = `the authzid ${JSON.stringify(authzid)}`
    const account = ACCOUNTS.find((one) => one.token === token)
    return asked(account ? { authcid: account.authcid } : { status: 'invalid_token' })
  },
}

export const authorize: Authorize = ({ authcid, authzid }) => {
  if (CONTROL.test(authzid)) ledger.unfit = `the authzid ${JSON.stringify(authzid)}`
  ledger.authorized.push({ authcid, authzid })
  return mayActAs(authcid, authzid)
}
