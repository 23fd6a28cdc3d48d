import { hashFunction, random, sameOctets } from '#crypto'
import type {
  Directory,
  Held,
  Refusal,
  ScramCredentials,
  ScramHash,
  ScramShape,
  Secret,
  Verdict,
} from '../directory.js'
import { deriveCredentials } from '../mechanisms/scram/keys.js'
import { hex, type Octets, utf8 } from '../octets.js'
import { type Preparation, prepareName, preparePassword } from '../strings/prepare.js'
import { makeScramCredentials } from './make-scram-credentials.js'
import { presentedForms } from './presented-forms.js'
import { sameSecret } from './same-secret.js'

/** A password stretched with PBKDF2 (RFC 8018): as many octets of key as the hash has. */
export interface Pbkdf2Credentials {
  /** Of the HMAC. */
  readonly hash: ScramHash
  /** Any number of octets. */
  readonly salt: Octets
  /** 1 at least. */
  readonly iterations: number
  /** What came out, as many octets as the hash has. */
  readonly key: Octets
}

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
  readonly hmacMd5State?: Octets | undefined
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

type Entry = MemoryAccount & { readonly scram: Partial<Readonly<Record<ScramHash, ScramCredentials>>> }

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
  const nobody = unknownLike(everybody)

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
      const entry = entries.get(authcid)
      const checked = entry && canCheck(entry) ? entry : nobody
      // A rule that refuses the password changes nothing of the work.
      const [form] = await presentedForms(password, prepare, { username: authcid }, preparedFor(checked))
      const good = (await matches(checked, form!.octets, signal)) && !form!.refused
      if (!good || !entry || password === '') return false
      return entry.refused ? { refused: entry.refused } : { authcid: entry.authcid }
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

/** Whoever looks otherwise shows that they exist; so let it be the fewest. */
function usualShape(keys: readonly ScramCredentials[]): ScramShape | undefined {
  const counts = new Map<string, readonly [ScramShape, number]>()
  for (const { iterations, salt } of keys) {
    const shape = { iterations, saltLength: salt.length }
    const id = Object.values(shape).join()
    counts.set(id, [shape, (counts.get(id)?.[1] ?? 0) + 1])
  }
  return [...counts.values()].toSorted(([, one], [, other]) => other - one)[0]?.[0]
}

async function entryOf(
  account: MemoryAccount,
  hashes: readonly ScramHash[],
  iterations: number,
  prepare: Preparation,
): Promise<Entry> {
  const { authcid, password, scram = {}, pbkdf2, hmacMd5State } = account
  if (password === undefined) {
    if (!Object.keys(scram).length && !pbkdf2 && !hmacMd5State)
      throw new RangeError(`account ${JSON.stringify(authcid)} has no credentials`)
    return { ...account, scram }
  }
  const made: Partial<Record<ScramHash, ScramCredentials>> = { ...scram }
  for (const hash of hashes)
    made[hash] ??= await makeScramCredentials(hash, password, { iterations, prepare, username: authcid })
  const stored = await preparePassword(password, prepare, 'stored', { username: authcid, hash: 'SHA-256' })
  return { ...account, password: stored, scram: made }
}

/** The rule of MongoDB has a digest for SCRAM-SHA-1 keys, and SASLprep for all else. */
const preparedFor = (entry: Entry): ScramHash =>
  entry.password === undefined && !entry.pbkdf2 && hashesOf(entry)[0] === 'SHA-1' ? 'SHA-1' : 'SHA-256'

function secretOf({ password, hmacMd5State }: MemoryAccount): Secret | undefined {
  if (hmacMd5State) return { hmacMd5State }
  return password === undefined ? undefined : { secret: password }
}

const hashesOf = ({ scram }: Entry): readonly ScramHash[] => Object.keys(scram) as ScramHash[]

const canCheck = (entry: Entry): boolean =>
  entry.password !== undefined || entry.pbkdf2 !== undefined || hashesOf(entry).length > 0

/** By the cheapest credentials that the account holds. */
async function matches(entry: Entry, password: Octets, signal: AbortSignal | undefined): Promise<boolean> {
  if (entry.password !== undefined) return sameSecret(utf8(entry.password), password)
  if (entry.pbkdf2) {
    const { hash, salt, iterations, key } = entry.pbkdf2
    return sameOctets(await (await hashFunction(hash)).pbkdf2(password, salt, iterations, signal), key)
  }
  for (const hash of hashesOf(entry)) {
    const kept = entry.scram[hash]!
    const made = await deriveCredentials(
      await hashFunction(hash),
      password,
      kept.salt,
      kept.iterations,
      signal,
    )
    return sameOctets(made.storedKey, kept.storedKey)
  }
  return false
}

/** An account that no password fits, of the kind and cost of the first real one, for the same work on unknown names. */
function unknownLike([typical]: readonly Entry[]): Entry {
  // As long as many are.
  const none: Entry = { authcid: '', scram: {}, password: hex(random(6)) }
  if (!typical || typical.password !== undefined) return none
  const { pbkdf2, scram } = typical
  if (pbkdf2) return { authcid: '', scram: {}, pbkdf2: { ...pbkdf2, key: random(pbkdf2.key.length) } }
  const [hash] = hashesOf(typical)
  if (hash === undefined) return none
  const kept = scram[hash]!
  return { authcid: '', scram: { [hash]: { ...kept, storedKey: random(kept.storedKey.length) } } }
}
