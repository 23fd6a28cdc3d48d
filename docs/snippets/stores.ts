// A database of one row, a few credentials, and a store that is out of order.
import {
  makeStoredCredentials as make,
  makeStoredCredential,
  type StoredCredential,
} from 'saslkit/credentials'
import {
  memoryStore,
  directory as over,
  type StoredAccount,
  type Store as StoreOfAccounts,
} from 'saslkit/stores'

export type Store = StoreOfAccounts
export const directory: typeof over = over
export const makeStoredCredentials: typeof make = make

const cheap = { scheme: 'SCRAM-SHA-256', iterations: 4096 } as const
export const scramSha256: StoredCredential = await makeStoredCredential('pencil', cheap)
export const scramSha512: StoredCredential = await makeStoredCredential('pencil', {
  ...cheap,
  scheme: 'SCRAM-SHA-512',
})
export const argon2id: StoredCredential = await makeStoredCredential('pencil')
export const appPassword1: StoredCredential = await makeStoredCredential('one of many', cheap)
export const appPassword2: StoredCredential = await makeStoredCredential('another', cheap)
export const anOldBcryptHash = '$2a$05$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW'

export const decoySecret: Uint8Array<ArrayBuffer> = new Uint8Array(16)
export const store: Store = await memoryStore([{ name: 'tim', credentials: [scramSha256] }])

interface Row {
  readonly name: string
  readonly secret: string
  readonly disabled: boolean
}
export const pool = {
  query: async (_text: string, _values: readonly string[]): Promise<{ readonly rows: readonly Row[] }> => ({
    rows: [],
  }),
}

export const storeThatHolds = async (accounts: readonly StoredAccount[]): Promise<Store> =>
  memoryStore(accounts, { prepare: 'none' })
export const storeOnAClosedPort = (): Store => ({
  find: () => Promise.reject(new Error('connection refused')),
})

export const introspect = async (token: string): Promise<string | undefined> =>
  token === 'of tim' ? 'tim' : undefined
