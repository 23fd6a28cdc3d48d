/** What the tests of rehashing share. */
import {
  makeStoredCredential,
  parseStoredCredential,
  type StoredCredential,
} from '../../src/credentials/index.js'
import type {
  Kept,
  MemoryStore,
  RehashOptions,
  Store,
  StoreDirectory,
  StoredAccount,
  StoreEvent,
} from '../../src/stores/index.js'
import { directory, memoryStore } from '../../src/stores/index.js'

export const context: { readonly connection: { readonly secure: true } } = { connection: { secure: true } }
export const decoySecret: Uint8Array<ArrayBuffer> = new Uint8Array(32).fill(1)

/** Cheap, and of three kinds. */
export const WANTED: RehashOptions = {
  iterations: 5000,
  scram: ['SHA-256', 'SHA-1'],
  passwordHash: { scheme: 'pbkdf2-sha256', iterations: 2000 },
}
/** What an account holds that has all that is wanted, and nothing else. */
export const ALL = 'SCRAM-SHA-256/5000 SCRAM-SHA-1/5000 pbkdf2-sha256/2000'

export const scram = (
  password: string,
  iterations = 4096,
  hash: 'SHA-1' | 'SHA-256' | 'SHA-384' = 'SHA-256',
): Promise<StoredCredential> => makeStoredCredential(password, { scheme: `SCRAM-${hash}`, iterations })
export const pbkdf2 = (password: string, iterations = 1000): Promise<StoredCredential> =>
  makeStoredCredential(password, { scheme: 'pbkdf2-sha256', iterations })
export const clear = (password: string): StoredCredential =>
  parseStoredCredential(password, { hint: 'cleartext' })
/** Of "password". */
export const md5: StoredCredential = parseStoredCredential('$1$salt$qJH7.N4xYta3aEG/dfqo/0')

export interface Rehashed {
  readonly store: MemoryStore
  readonly from: StoreDirectory
  readonly events: readonly StoreEvent[]
  /** Logs in, and waits for what comes of it. What the account holds then, by schemes; one text a password. */
  after(password: string): Promise<readonly string[]>
}

export async function rehashing(
  credentials: StoredAccount['credentials'],
  options: RehashOptions = {},
  wrapped: (store: MemoryStore) => Store = (store) => store,
): Promise<Rehashed> {
  const store = await memoryStore([{ name: 'user', credentials }])
  const events: StoreEvent[] = []
  const from = directory(wrapped(store), {
    decoySecret,
    rehash: { ...WANTED, ...options },
    log: (event) => events.push(event),
  })
  return {
    store,
    from,
    events,
    async after(password) {
      await from.verifyPassword('user', password, context)
      await from.idle()
      return schemes(held(store))
    },
  }
}

export const held = (store: MemoryStore): StoredAccount => store.find('user')[0]!

export const schemes = ({ credentials }: StoredAccount): readonly string[] =>
  credentials.map((one) =>
    [one]
      .flat()
      .map((kept) => about(kept))
      .join(' '),
  )

function about(kept: Kept): string {
  if (typeof kept === 'string') return 'text'
  const { iterations } = kept.parameters
  return iterations ? `${kept.scheme}/${iterations}` : kept.scheme
}
