import { type Awaitable, andThen } from '../awaitable.js'
import { UNKNOWN_CONNECTION } from '../connection.js'
import type { ParseOptions } from '../credentials/parse.js'
import { requireScramHashes } from '../credentials/require-scram-hash.js'
import type {
  DirectoryWith,
  Held,
  ScramCredentials,
  ScramHash,
  Secret,
  TokenVerifier,
  Verdict,
} from '../directory.js'
import { requireKnown } from '../require-known.js'
import type { Context } from '../step.js'
import { requireNamePreparation } from '../strings/require-preparation.js'
import type { Census } from './census.js'
import { canCheck, checkPasswords } from './check-passwords.js'
import { type DecoyAccountOptions, decoyAccounts, type StandIn } from './decoy-accounts.js'
import { accountFinder, type NameOptions } from './find-account.js'
import { preparedSecret } from './prepared-secret.js'
import { type ReadAccount, readAccount, type Tell } from './read-account.js'
import { type RehashOptions, rehasher } from './rehash.js'
import { type Source, scramKeys, scramSource, sourceOf } from './scram-keys.js'
import type { Store } from './store.js'
import type { StoreLog } from './store-event.js'
import type { StoredAccount } from './stored-account.js'
import { tokenVerifier } from './token-verifier.js'
import type { VerifiedPasswords } from './verified-passwords.js'

/** How a directory over a store finds accounts, reads their credentials, and hides which exist. */
export interface DirectoryOptions extends NameOptions, DecoyAccountOptions {
  /** How the texts of credentials are read: whose they are, and what they may cost. Default: as the store says. */
  readonly parse?: ParseOptions | undefined
  /**
   * The hashes for which SCRAM is offered by default. Default: SHA-512, SHA-256 and (if any keys are stored for it) SHA-1,
   * each if the store says, or `typical`, that every account can answer it.
   */
  readonly scramHashes?: readonly ScramHash[] | undefined
  /** Passwords that were right a moment ago need not be checked again. Default: they are. */
  readonly verified?: VerifiedPasswords | undefined
  /** Make better credentials where a login shows the password. Default: what is stored stays. */
  readonly rehash?: RehashOptions | undefined
  /**
   * OAUTHBEARER, XOAUTH2: whose a token is, as `Directory.verifyToken` says it, without asking the store. After a good one
   * the directory does: its account has to be there (else `not-authorized`), its refusal holds, its canonical name counts.
   */
  readonly verifyToken?: TokenVerifier['verifyToken'] | undefined
  /** Told of what an operator should mend. */
  readonly log?: StoreLog | undefined
}

const OPTIONS: Readonly<Record<keyof DirectoryOptions, true>> = {
  decoySecret: true,
  typical: true,
  derivedIterations: true,
  prepare: true,
  sameName: true,
  parse: true,
  scramHashes: true,
  verified: true,
  rehash: true,
  verifyToken: true,
  log: true,
}

const NO_CONTEXT: Context = { connection: UNKNOWN_CONNECTION }

/**
 * Answers PLAIN, LOGIN, CRAM-MD5 and SCRAM; OAUTHBEARER and XOAUTH2 with `verifyToken`. Do not spread it into another object:
 * `scramHashes` follows the accounts, and a copy stays as it was.
 */
export interface StoreDirectory
  extends DirectoryWith<'verifyPassword' | 'scramCredentials' | 'secret' | 'scramHashes' | 'decoy'> {
  /** Whether the password is this account's, as for PLAIN; without a context, of no connection: for forms and commands of yours. */
  verifyPassword(name: string, password: string, context?: Context): Promise<Verdict>
  /** Undefined where the options have none. */
  readonly verifyToken: TokenVerifier['verifyToken'] | undefined
  /** Resolves when no better credentials are being made: for shutting down. */
  idle(): Promise<void>
}

/**
 * A directory over a store, whatever mix of credentials its accounts hold. From outside, an account that does not exist is
 * like one that does: the same work, the same shapes, for each mechanism.
 *
 * @throws RangeError for a decoy secret under 16 octets; TypeError for a store without `census()` and nothing `typical`, for
 *   `rehash` with a store that cannot replace and nothing to do it instead, and for options that there are not.
 */
export function directory(store: Store, options: DirectoryOptions): StoreDirectory {
  if (typeof store?.find !== 'function')
    throw new TypeError('store: an object with find(); where a promise of it was made, await that first')
  if (typeof options !== 'object' || options === null)
    throw new TypeError('pass options beside the store: { decoySecret }, at least 16 random octets that stay')
  requireKnown(options, Object.keys(OPTIONS), 'directory')
  const { parse = store.parse ?? {}, verified, log = () => {}, prepare, scramHashes, verifyToken } = options
  requireNamePreparation(prepare, 'prepare')
  if (scramHashes !== undefined) requireScramHashes(scramHashes, 'scramHashes')
  if (typeof log !== 'function') throw new TypeError('log must be a function: (event) => …')
  if (verifyToken !== undefined && typeof verifyToken !== 'function')
    throw new TypeError('verifyToken must be a function: (token) => ({ authcid })')
  if (verified !== undefined && typeof verified?.check !== 'function')
    throw new TypeError('verified must be what verifiedPasswords() made')
  const tell: Tell = (name, cause) => log({ kind: 'unreadable-credential', name, cause })
  const find = accountFinder(store, options, log)
  const decoys = decoyAccounts(store, options, parse)
  const rehash = options.rehash && rehasher(store, options.rehash, log)
  const read = (account: StoredAccount): ReadAccount => readAccount(account, parse, tell)
  /** Of another's account, nobody is told now: it is told when they log in. */
  const readQuietly = (account: StoredAccount): ReadAccount => readAccount(account, parse, () => {})

  const held = ({ name, refused }: StoredAccount, fault?: unknown): Held => ({
    authcid: name,
    refused: refused ?? undefined,
    fault,
  })

  /**
   * What an account answers with, after the same was done for another where it has nothing, or is not there. For every name
   * another is chosen, and one account is read, so that time tells nothing.
   */
  function answer<T>(
    account: StoredAccount | undefined,
    { able, any }: StandIn,
    source: (account: ReadAccount) => Source,
    make: (credential: NonNullable<Source['credential']>) => Awaitable<T>,
  ): Awaitable<(T & Held) | undefined> {
    const own = account ? source(read(account)) : any && source(readQuietly(any))
    if (account && own?.credential)
      return andThen(make(own.credential), (made) => ({ ...made, ...held(account, own.fault) }))
    const credential = able && source(decoys.read(able)).credential
    return andThen(credential && make(credential), () => {
      if (account && own?.fault !== undefined) throw own.fault
      return undefined
    })
  }

  return {
    get scramHashes() {
      return options.scramHashes ?? offeredHashes(decoys.census)
    },

    scramCredentials: (name, hash, context) =>
      andThen(find(name, context), (account) =>
        answer<ScramCredentials>(
          account,
          decoys.like(name, `SCRAM-${hash}`),
          (one) => scramSource(one, hash),
          (credential) => scramKeys(credential, hash, () => decoys.derivation(name, hash), context.signal),
        ),
      ),

    decoy: (name, hash) => decoys.scram(name, hash),

    secret: (name, context) =>
      andThen(find(name, context), (account) =>
        answer<Secret>(
          account,
          decoys.like(name, 'CRAM-MD5'),
          (one) => sourceOf(one, ({ secret }) => secret !== undefined),
          (credential) => {
            const secret = credential.secret!
            if (!('secret' in secret) || typeof secret.secret !== 'string') return secret
            return andThen(preparedSecret(secret.secret, credential), (text) => ({ secret: text }))
          },
        ),
      ),

    async verifyPassword(name, password, context = NO_CONTEXT): Promise<Verdict> {
      const account = await find(name, context)
      const { able } = decoys.like(name, 'password') // for every name, as above
      const own = account ? read(account) : readQuietly(able ?? (await decoys.usual()))
      const checking = { verified, tell, signal: context.signal }
      if (!canCheck(own)) {
        const other = decoys.read(able ?? (await decoys.usual()))
        await checkPasswords(other, password, { ...checking, name, inVain: true })
      }
      const whose = account ? own.name : name
      const proved = await checkPasswords(own, password, { ...checking, name: whose, inVain: !account })
      if (!proved || !account) return false
      if (account.refused) return { refused: account.refused }
      decoys.met(account)
      rehash?.begin(account, own, proved, password)
      return { authcid: own.name }
    },

    verifyToken: verifyToken && tokenVerifier(find, prepare ?? 'saslprep', verifyToken),

    idle: async () => rehash?.idle(),
  }
}

/** SHA-1 only where somebody's keys for it are stored; the rest of the family only when told. */
const offeredHashes = ({ everybody, stored }: Census): readonly ScramHash[] =>
  (['SHA-512', 'SHA-256', 'SHA-1'] as const).filter(
    (hash) => everybody.includes(`SCRAM-${hash}`) && (hash !== 'SHA-1' || stored.includes(hash)),
  )
