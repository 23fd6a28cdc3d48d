/** Accounts of one scheme, at its least cost, so that what is not the hash stands out; shared with timing/. */
import { allowBroken, type MakeScheme, makeStoredCredential } from 'saslkit/credentials'
import { directory, memoryStore, type StoreDirectory, type StoredAccount } from 'saslkit/stores'

export const SCHEMES: readonly MakeScheme[] = [
  'argon2id',
  'argon2i',
  'argon2d',
  'scrypt',
  'bcrypt',
  'pbkdf2-sha1',
  'pbkdf2-sha256',
  'pbkdf2-sha512',
  'yescrypt',
  'sha512-crypt',
  'sha256-crypt',
  'md5-crypt',
  'apr1',
  'ssha512',
  'ssha384',
  'ssha256',
  'ssha',
  'smd5',
  'sha512',
  'sha384',
  'sha256',
  'sha',
  'md5',
  'md4',
  'cleartext',
  'cram-md5',
  'digest-md5',
  'SCRAM-SHA-1',
  'SCRAM-SHA-256',
  'SCRAM-SHA-512',
]

const LEAST = { iterations: 4096, rounds: 1000, memory: 256, passes: 1, N: 256 }
const leastCost = (scheme: MakeScheme): number => (scheme === 'yescrypt' ? 1 : 4)

const ACCOUNTS = 16
export const RIGHT = 'right'

/** As long as each other, and as many, so that nothing but the account makes them differ. */
const named = (what: string) => (at: number) => `${what}-${String(at % ACCOUNTS).padStart(2, '0')}`
export const known: (at: number) => string = named('known')
export const unknown: (at: number) => string = named('other')
export const disabled: (at: number) => string = named('inert')

/** @param schemes which accounts have, by turns. */
export async function directoryOf(schemes: readonly MakeScheme[]): Promise<StoreDirectory> {
  // Cleartext has to be named for what it is; then so has what stands beside it.
  const format = schemes.includes('cleartext') ? 'dovecot' : undefined
  const account = async (name: string, at: number): Promise<StoredAccount> => {
    const scheme = schemes[at % schemes.length]!
    const cost = { ...LEAST, cost: leastCost(scheme) }
    const owner = { username: name, realm: 'example.org' }
    const made = await makeStoredCredential(RIGHT, { scheme, format, ...cost, ...owner, [allowBroken]: true })
    const refused = name === disabled(at) ? ('account-disabled' as const) : undefined
    // Texts, as a database has them: reading them is part of a login.
    return { name, realm: 'example.org', credentials: [made.text], refused }
  }
  const accounts = Array.from({ length: ACCOUNTS }, (_, at) => [
    account(known(at), at),
    account(disabled(at), at),
  ])
  const store = await memoryStore(await Promise.all(accounts.flat()), {
    parse: format ? { hint: format } : {},
  })
  return directory(store, {
    decoySecret: new Uint8Array(32),
    log: (event) => {
      throw new Error(`${schemes.join()}: ${event.kind}`)
    },
  })
}
