import type { Awaitable } from '../awaitable.js'
import { makeStoredCredentials } from '../credentials/make-stored-credentials.js'
import type { StoredCredential } from '../credentials/stored-credential.js'
import {
  credentialsToMake,
  namedFormat,
  wantedHashes,
  wantedPasswordHash,
} from '../credentials/wanted-credentials.js'
import { utf8 } from '../octets.js'
import { requireKnown } from '../require-known.js'
import type { Proved } from './check-passwords.js'
import { servesPasswords, servesScram, type Wanted } from './missing-schemes.js'
import type { Password, ReadAccount } from './read-account.js'
import { holdsKeys } from './scram-keys.js'
import type { Store } from './store.js'
import type { StoreLog } from './store-event.js'
import type { Kept, StoredAccount } from './stored-account.js'

/** What a login has made. */
export interface Rehash {
  /** The account as it was found. Where it has changed since, the password may be another. */
  readonly found: StoredAccount
  /** All that it is to hold from now on. */
  readonly credentials: StoredAccount['credentials']
  /** The new ones among them. */
  readonly made: readonly StoredCredential[]
}

export interface RehashOptions extends Wanted {
  /**
   * Whether an old credential of the same password goes, now that there are new ones. Default: what is not as wanted goes,
   * if all that it served is still served.
   */
  readonly discard?: ((old: StoredCredential) => boolean) | undefined
  /** Keeps what was made. Default: the store's `replace`. Answering false says that the account had changed meanwhile. */
  readonly onRehash?: ((rehash: Rehash) => Awaitable<unknown>) | undefined
}

export interface Rehasher {
  /** Makes what is missing, after the login. It never throws, and nothing waits for it. */
  begin(found: StoredAccount, account: ReadAccount, proved: Proved, password: string): void
  idle(): Promise<void>
}

const OPTIONS: Readonly<Record<keyof RehashOptions, true>> = {
  scram: true,
  preset: true,
  iterations: true,
  format: true,
  passwordHash: true,
  discard: true,
  onRehash: true,
}

/**
 * @throws TypeError where nothing could keep what is made, and for options that there are not; RangeError for what could not be
 *   made.
 */
export function rehasher(store: Store, options: RehashOptions, log: StoreLog): Rehasher {
  if (typeof options !== 'object' || options === null)
    throw new TypeError('rehash: an object, {} for what makeStoredCredentials makes')
  requireKnown(options, Object.keys(OPTIONS), 'rehash')
  const { onRehash, discard, ...wanted } = options
  credentialsToMake(wanted)
  if (!onRehash && !store.replace)
    throw new TypeError('rehash: the store has no replace(); pass onRehash, which keeps what is made')
  const keep = onRehash ?? (({ found, credentials }: Rehash) => store.replace!(found, credentials))

  const make = async (
    found: StoredAccount,
    { passwords }: ReadAccount,
    place: number,
    needs: Wanted,
    password: string,
  ) => {
    const made = await makeStoredCredentials(password, { ...needs, username: found.name })
    const credentials = passwords.map((other, at) =>
      at === place ? [...made, ...leftOf(other, made, wanted, discard)] : asFound(other),
    )
    if ((await keep({ found, credentials, made })) !== false)
      log({ kind: 'rehashed', name: found.name, made: made.map(({ scheme }) => scheme) })
  }

  let running: Promise<void> | undefined

  return {
    begin(found, account, { place, credential }, password) {
      // One at a time, so that a change of policy does not hold up logins. Whoever comes meanwhile has their turn next time.
      if (running || !provedWhole(credential, password)) return
      const needs = needsOf(account, place, writtenLike(credential, wanted))
      if (!wantedHashes(needs).length && !needs.passwordHash) return
      running = make(found, account, place, needs, password)
        .catch((cause) => log({ kind: 'rehash-failed', name: found.name, cause }))
        .catch(() => {}) // of a log that throws, there is nobody to tell
        .finally(() => {
          running = undefined
        })
    },
    async idle() {
      await running
    },
  }
}

/**
 * What follows the octets that count was not proved: the password may go on otherwise. It may have been right as SASLprep
 * makes it, which can be longer than it was sent.
 */
const provedWhole = ({ significantOctets }: StoredCredential, password: string): boolean =>
  significantOctets === undefined ||
  [password, password.normalize('NFKC')].every((form) => utf8(form).length <= significantOctets)

/**
 * Dovecot reads nothing that is not in its braces: what it has written, or the policy's password hash in its format, is
 * followed by the like, if it has all that is wanted (docs/decisions/0018).
 */
function writtenLike({ format }: StoredCredential, wanted: Wanted): Wanted {
  const isDovecots = format === 'dovecot' || wanted.passwordHash?.format === 'dovecot'
  if (!isDovecots || namedFormat(wanted)) return wanted
  const alike = { ...wanted, format: 'dovecot' } as const
  try {
    credentialsToMake(alike)
    return alike
  } catch {
    return wanted
  }
}

/**
 * What this password of the account lacks. Where the account has others, it is given what it has a worse one of, and SCRAM
 * keys for more hashes: SCRAM serves one password, so none is given its first keys, nor any beside another's.
 */
function needsOf({ passwords }: ReadAccount, place: number, wanted: Wanted): Wanted {
  const mine = passwords[place]!.credentials
  const others = passwords.filter((_, at) => at !== place).flatMap(({ credentials }) => credentials)
  const alone = passwords.length === 1
  const hasKeys = mine.some((one) => wantedHashes(wanted).some((hash) => holdsKeys(one, hash)))
  const scram = wantedHashes(wanted).filter(
    (hash) =>
      (alone || hasKeys) &&
      !mine.some((one) => servesScram(one, hash, wanted)) &&
      !others.some((one) => holdsKeys(one, hash)),
  )
  const hasHash = mine.some(({ serves }) => serves.length === 1)
  const lacksHash = (alone || hasHash) && !mine.some((one) => servesPasswords(one, wanted))
  return { ...wanted, scram, passwordHash: lacksHash ? wantedPasswordHash(wanted) : undefined }
}

/** What stays of the password's old credentials. */
function leftOf(
  { entries }: Password,
  made: readonly StoredCredential[],
  wanted: Wanted,
  discard: RehashOptions['discard'],
): readonly Kept[] {
  const asWanted = (one: StoredCredential) =>
    servesPasswords(one, wanted) || wantedHashes(wanted).some((hash) => servesScram(one, hash, wanted))
  const staying = entries.flatMap(({ credential }) =>
    credential && asWanted(credential) ? [credential] : [],
  )
  const served = new Set([...made, ...staying].flatMap(({ serves }) => serves))
  const goes = discard ?? ((one) => !asWanted(one) && one.serves.every((service) => served.has(service)))
  return entries.filter(({ credential }) => !credential || !goes(credential)).map(({ kept }) => kept)
}

const asFound = ({ entries }: Password): Kept | readonly Kept[] =>
  entries.length === 1 ? entries[0]!.kept : entries.map(({ kept }) => kept)
