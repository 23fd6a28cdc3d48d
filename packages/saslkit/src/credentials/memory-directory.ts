import type { Directory, Held, Refusal, ScramCredentials, ScramHash, Secret, Verdict } from '../directory.js'
import { type Preparation, prepareName, preparePassword } from '../strings/prepare.js'
import { type AccountCheck, accountCheck, checkLike, type Pbkdf2Credentials } from './account-check.js'
import { makeScramCredentials } from './make-scram-credentials.js'
import { presentedForms } from './presented-forms.js'
import { usualShape } from './usual-shape.js'

/** One account. It can serve what it has credentials for; with a cleartext password, everything. */
export interface MemoryAccount {
  /** The identity that a login ends in. It is found by what it is once prepared. */
  readonly authcid: string
  /** In the clear: it serves every mechanism. */
  readonly password?: string | undefined
  /** Keys, by hash. They check passwords too. */
  readonly scram?: Partial<Readonly<Record<ScramHash, ScramCredentials>>> | undefined
  /** For PLAIN and LOGIN. */
  readonly pbkdf2?: Pbkdf2Credentials | undefined
  /** For CRAM-MD5, from `hmacMd5State`. */
  readonly hmacMd5State?: Uint8Array | undefined
  /** Why the account may not come in although its credentials are good. */
  readonly refused?: Refusal['refused'] | undefined
}

/** Which keys are made of cleartext passwords, and how names and passwords are prepared. */
export interface MemoryDirectoryOptions {
  /** The hashes for which SCRAM keys are made of cleartext passwords; default SHA-256. */
  readonly hashes?: readonly ScramHash[] | undefined
  /** The iteration count of those keys; default 65,536. */
  readonly iterations?: number | undefined
  /** How names and passwords are prepared; default SASLprep. One rule for every mechanism. */
  readonly prepare?: Preparation | undefined
}

type Entry = MemoryAccount & {
  readonly scram: Partial<Readonly<Record<ScramHash, ScramCredentials>>>
  /** Undefined where a password cannot be checked. */
  readonly verifier: Verifier | undefined
}

/** How a password is checked, and what is answered where it fits. */
type Verifier = AccountCheck & { readonly verdict: Verdict }

/**
 * A directory of accounts held in memory. SCRAM keys for cleartext passwords are made at once, so that a login does
 * not wait for them, and cannot be told from one to an account that does not exist.
 *
 * @throws RangeError when two accounts have the same name after preparation, or an account has nothing to prove itself by;
 *   TypeError for what is no list of accounts.
 */
export async function memoryDirectory(
  accounts: Iterable<MemoryAccount>,
  options: MemoryDirectoryOptions = {},
): Promise<
  Required<Pick<Directory, 'verifyPassword' | 'scramCredentials' | 'decoyShape' | 'secret' | 'scramHashes'>>
> {
  const { hashes = ['SHA-256'], iterations = 65_536, prepare = 'saslprep' } = options
  const entries = new Map<string, Entry>()
  for (const account of requireAccounts(accounts)) {
    const name = await prepareName(account.authcid, prepare, 'stored')
    if (entries.has(name)) throw new RangeError(`two accounts named ${JSON.stringify(name)}`)
    entries.set(name, await entryOf(account, hashes, iterations, prepare))
  }
  const everybody = [...entries.values()]
  const nobody: Verifier = { ...checkLike(everybody[0] ?? {}), verdict: false }

  const held = ({ authcid, refused }: MemoryAccount): Held => ({ authcid, refused })

  return {
    scramHashes: (['SHA3-512', 'SHA-512', 'SHA-384', 'SHA-256', 'SHA-224', 'SHA-1'] as const).filter((hash) =>
      everybody.every(({ scram }) => scram[hash]),
    ),

    scramCredentials(authcid, hash) {
      const entry = entries.get(authcid)
      const credentials = entry?.scram[hash]
      return credentials && { ...credentials, ...held(entry!) }
    },

    decoyShape: (hash) => usualShape(everybody.flatMap(({ scram }) => scram[hash] ?? [])),

    secret(authcid) {
      const entry = entries.get(authcid)
      const secret = entry && secretOf(entry)
      return secret && { ...secret, ...held(entry) }
    },

    async verifyPassword(authcid, password, { signal }): Promise<Verdict> {
      const { hash, verdict, fits } = entries.get(authcid)?.verifier ?? nobody
      // A rule that refuses the password, as every rule does the empty one, changes nothing of the work.
      const [form] = await presentedForms(password, prepare, { username: authcid }, hash)
      const good = (await fits(form!.octets, signal)) && !form!.refused
      return good && verdict
    },
  }
}

function* requireAccounts(accounts: Iterable<MemoryAccount>): Iterable<MemoryAccount> {
  if (typeof accounts !== 'object' || accounts === null || !(Symbol.iterator in accounts))
    throw new TypeError(
      'accounts: a list of them, [{ authcid, password }]; an empty one where there are none yet',
    )
  for (const account of accounts) {
    if (typeof account?.authcid !== 'string')
      throw new TypeError(
        'an account is { authcid, password }, or has other credentials; its authcid is text',
      )
    yield account
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
  const entry = (held: Pick<Entry, 'password' | 'scram'>): Entry => {
    const check = accountCheck({ ...account, ...held })
    return { ...account, ...held, verifier: check && { ...check, verdict } }
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

function secretOf({ password, hmacMd5State }: MemoryAccount): Secret | undefined {
  if (hmacMd5State) return { hmacMd5State }
  return password === undefined ? undefined : { secret: password }
}
