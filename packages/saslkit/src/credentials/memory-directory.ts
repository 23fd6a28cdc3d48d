import type { Awaitable } from '../awaitable.js'
import type { DirectoryWith, Held, ScramCredentials, ScramHash, Secret, Verdict } from '../directory.js'
import { SCRAM_HASHES } from '../mechanisms/scram/hashes.js'
import { requireKnown } from '../require-known.js'
import { PreparationError } from '../strings/preparation-error.js'
import { type Preparation, prepareName, preparePassword } from '../strings/prepare.js'
import { requirePreparation } from '../strings/require-preparation.js'
import { type AccountCheck, accountCheck, checkLike } from './account-check.js'
import { makeScramCredentials } from './make-scram-credentials.js'
import { type MemoryAccount, ownAccount } from './memory-account.js'
import { mostCommon } from './most-common.js'
import { presentedForms } from './presented-forms.js'
import { requireScramHashes } from './require-scram-hash.js'
import { usualShape } from './usual-shape.js'

/** Which keys are made of cleartext passwords, and how names and passwords are prepared. */
export interface MemoryDirectoryOptions {
  /** The hashes for which SCRAM keys are made of cleartext passwords; default SHA-256. */
  readonly hashes?: readonly ScramHash[] | undefined
  /** The iteration count of those keys; default 65,536. */
  readonly iterations?: number | undefined
  /** How names and passwords are prepared; default SASLprep. One rule for every mechanism. */
  readonly prepare?: Preparation | undefined
}

/** Answers are made once: to make them for each lookup would take longer for a name that is there than for others. */
type Entry = MemoryAccount & {
  readonly scram: Partial<Readonly<Record<ScramHash, ScramCredentials & Held>>>
  readonly secret: (Secret & Held) | undefined
  /** Undefined where a password cannot be checked. */
  readonly verifier: Verifier | undefined
}

/** How a password is checked, and what is answered where it fits. */
type Verifier = AccountCheck & { readonly verdict: Verdict }

/**
 * A directory of accounts held in memory. SCRAM keys for cleartext passwords are made at once, so that a login does
 * not wait for them, and cannot be told from one to an account that does not exist.
 *
 * A name that nobody has costs what most accounts cost. Where accounts are of several kinds (cleartext, PBKDF2, SCRAM keys
 * of this or that hash and iteration count), the time that PLAIN and LOGIN take tells those of the rarer kinds from nobody:
 * keep one kind, or use `directory(memoryStore(…))` of `saslkit/stores`, whose decoys are of every kind.
 *
 * @throws RangeError when two accounts have the same name after preparation, an account has nothing to prove itself by, or
 *   a credential is not what it must be; TypeError for what is no list of accounts, and for credentials of a wrong type. Both
 *   say which account it is.
 */
export async function memoryDirectory(
  accounts: Iterable<MemoryAccount>,
  options: MemoryDirectoryOptions = {},
): Promise<DirectoryWith<'verifyPassword' | 'scramCredentials' | 'decoyShape' | 'secret' | 'scramHashes'>> {
  requireList(accounts)
  requireOptions(options)
  const { hashes = ['SHA-256'], iterations = 65_536, prepare = 'saslprep' } = options
  const entries = new Map<string, Entry>()
  let at = 0
  for (const each of accounts) {
    const where = `accounts[${at++}]`
    const account = await ownAccount(each, where)
    const name = await prepared(`${where}.authcid`, () => prepareName(account.authcid, prepare, 'stored'))
    if (entries.has(name)) throw new RangeError(`two accounts named ${JSON.stringify(name)}`)
    const entry = await prepared(`${where}.password`, () => entryOf(account, hashes, iterations, prepare))
    entries.set(name, entry)
  }
  const everybody = [...entries.values()]
  // What costs otherwise shows that it exists; so let it be the fewest.
  const checked = everybody.filter(({ verifier }) => verifier)
  const usual = mostCommon(checked, ({ verifier }) => verifier!.kind)
  const nobody: Verifier = { ...checkLike(usual ?? {}), verdict: false }

  return {
    scramHashes: SCRAM_HASHES.filter((hash) => everybody.every(({ scram }) => scram[hash])),

    scramCredentials: (authcid, hash) => entries.get(authcid)?.scram[hash],

    decoyShape: (hash) => usualShape(everybody.flatMap(({ scram }) => scram[hash] ?? [])),

    secret: (authcid) => entries.get(authcid)?.secret,

    async verifyPassword(authcid, password, { signal }): Promise<Verdict> {
      const { hash, verdict, fits } = entries.get(authcid)?.verifier ?? nobody
      // A rule that refuses the password, as every rule does the empty one, changes nothing of the work.
      const [form] = await presentedForms(password, prepare, { username: authcid }, hash)
      const good = (await fits(form!.octets, signal)) && !form!.refused
      return good && verdict
    },
  }
}

function requireList(accounts: Iterable<MemoryAccount>): void {
  if (typeof accounts !== 'object' || accounts === null || !(Symbol.iterator in accounts))
    throw new TypeError(
      'accounts: a list of them, [{ authcid, password }]; an empty one where there are none yet',
    )
}

const OPTIONS: Readonly<Record<keyof MemoryDirectoryOptions, true>> = {
  hashes: true,
  iterations: true,
  prepare: true,
}

function requireOptions(options: MemoryDirectoryOptions): void {
  if (typeof options !== 'object' || options === null)
    throw new TypeError('memoryDirectory takes options as an object: { hashes, iterations, prepare }')
  requireKnown(options, Object.keys(OPTIONS), 'memoryDirectory')
  const { hashes, prepare } = options
  requirePreparation(prepare, 'prepare')
  if (hashes !== undefined) requireScramHashes(hashes, 'hashes')
}

/** Says whose name or password it is that a rule refuses. */
async function prepared<T>(where: string, prepare: () => Awaitable<T>): Promise<T> {
  try {
    return await prepare()
  } catch (cause) {
    throw cause instanceof PreparationError ? new RangeError(`${where}: ${cause.message}`, { cause }) : cause
  }
}

async function entryOf(
  account: MemoryAccount,
  hashes: readonly ScramHash[],
  iterations: number,
  prepare: Preparation,
): Promise<Entry> {
  const { authcid, password, scram = {}, hmacMd5State, refused } = account
  const verdict = refused ? { refused } : { authcid }
  const held: Held = { authcid, refused }
  const entry = (whole: Pick<MemoryAccount, 'password' | 'scram'>): Entry => {
    const check = accountCheck({ ...account, ...whole })
    const secret = secretOf({ ...account, ...whole })
    return {
      ...account,
      ...whole,
      scram: answersOf(whole.scram ?? {}, held),
      secret: secret && Object.freeze({ ...secret, ...held }),
      verifier: check && { ...check, verdict },
    }
  }
  if (password === undefined) {
    const kept = entry({ scram })
    if (!kept.verifier && !hmacMd5State)
      throw new RangeError(`account ${JSON.stringify(authcid)} has no credentials`)
    return kept
  }
  const made: Partial<Record<ScramHash, ScramCredentials>> = { ...scram }
  for (const hash of hashes)
    made[hash] ??= await makeScramCredentials(hash, password, { iterations, prepare, username: authcid })
  const stored = await preparePassword(password, prepare, 'stored', { username: authcid, hash: 'SHA-256' })
  return entry({ password: stored, scram: made })
}

function answersOf(scram: NonNullable<MemoryAccount['scram']>, held: Held): Entry['scram'] {
  const answers: Partial<Record<ScramHash, ScramCredentials & Held>> = {}
  for (const hash of SCRAM_HASHES) {
    const keys = scram[hash]
    if (keys) answers[hash] = Object.freeze({ ...keys, ...held })
  }
  return answers
}

function secretOf({ password, hmacMd5State }: MemoryAccount): Secret | undefined {
  if (hmacMd5State) return { hmacMd5State }
  return password === undefined ? undefined : { secret: password }
}
