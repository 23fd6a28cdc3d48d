/** The shared suite finds what stores get wrong. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { MemoryStore, Store, StoredAccount } from '../../src/stores/index.js'
import { memoryStore } from '../../src/stores/index.js'
import { type StoreUnderTest, testStore } from '../../src/testing/index.js'

/** The cases that fail for a store. */
async function failures(
  change: (store: MemoryStore, accounts: readonly StoredAccount[]) => Partial<Store>,
  more: Partial<StoreUnderTest> = {},
): Promise<readonly string[]> {
  const cases: (readonly [string, () => Promise<void>])[] = []
  testStore({
    test: (name, body) => cases.push([name, body]),
    prepare: 'none',
    async make(accounts) {
      const store = await memoryStore(accounts, { prepare: 'none' })
      return { ...store, ...change(store, accounts) }
    },
    ...more,
  })
  const failed: string[] = []
  for (const [name, body] of cases)
    try {
      await body()
    } catch {
      failed.push(name)
    }
  return failed
}

const BAD: readonly (readonly [
  what: string,
  change: Parameters<typeof failures>[0],
  ...found: readonly string[],
])[] = [
  [
    'takes names for patterns',
    (_, accounts) => ({
      find: (name) => {
        const pattern = new RegExp(
          `^${name
            .replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
            .replace(/%/g, '.*')
            .replace(/_/g, '.')}$`,
        )
        return accounts.filter((account) => pattern.test(account.name))
      },
    }),
    'no name is a query, a pattern, a path or a property',
  ],
  [
    'looks names up in an object',
    (_, accounts) => {
      const table: Record<string, StoredAccount> = Object.fromEntries(
        accounts.map((account) => [account.name, account]),
      )
      return { find: (name) => table[name] }
    },
    'no name is a query, a pattern, a path or a property',
  ],
  [
    'hands back the name it was asked for',
    (store) => ({
      find: async (name) => {
        const [account] = store.find(name.toLowerCase().trim())
        const [other] = store.find('User')
        return account || other ? { ...(account ?? other)!, name } : undefined
      },
    }),
    'an account has its own name, whatever name it was found by',
  ],
  [
    'ends names at NUL',
    (store) => ({ find: (name) => store.find(name.split('\0')[0]!) }),
    'no name is a query, a pattern, a path or a property',
    'odd names are found by themselves, each with its own account',
  ],
  [
    'throws where there is nobody',
    (store) => ({
      find: async (name) => {
        const rows = store.find(name)
        if (!rows.length) throw new Error('not found')
        return rows
      },
    }),
    'a name that nobody has finds nobody, and that is no fault',
  ],
  [
    'loses credentials',
    (store) => ({
      find: async (name) =>
        store.find(name).map((row) => ({ ...row, credentials: row.credentials.slice(0, 1) })),
    }),
    'an account is found by its name, with all that it holds',
  ],
  [
    'forgets who may not come in',
    (store) => ({
      find: async (name) => store.find(name).map((row) => ({ ...row, refused: undefined })),
    }),
    'what an account is not allowed is known with it',
    'an account that may not come in is told so once it has proved itself',
  ],
  [
    'knows one refusal alone',
    (store) => ({
      find: async (name) =>
        store.find(name).map((row) => ({
          ...row,
          refused: row.refused === 'account-disabled' ? row.refused : undefined,
        })),
    }),
    'what an account is not allowed is known with it',
    'credentials are replaced, and nothing else is',
  ],
  [
    'forgets realms',
    (store) => ({ find: (name) => store.find(name).map(({ realm, ...row }) => row) }),
    'a realm of its own is known with an account',
  ],
  [
    'looks at the first credential alone before it replaces',
    (store) => ({
      replace: async (found, credentials) => {
        const [now] = store.find(found.name)
        if (now?.credentials[0] !== found.credentials[0]) return false
        await store.put({ ...now!, credentials })
        return true
      },
    }),
    'an account of which another password has changed since it was found stays as it is',
  ],
  [
    'answers one with another’s account',
    (store) => {
      let last = ''
      return {
        find: async (name) => {
          last = name
          await undefined
          return store.find(last)
        },
      }
    },
    'lookups at the same time do not mix',
  ],
  [
    'replaces whatever is there',
    (store) => ({
      replace: async ({ name }, credentials) => {
        await store.put({ name, credentials })
        return true
      },
    }),
    'credentials are replaced, and nothing else is',
    'an account that has changed since it was found stays as it is',
    'of two replacements at the same time one is made',
  ],
  [
    'writes back the account as it was found',
    (store) => ({
      replace: async (found, credentials) => {
        const [now] = store.find(found.name)
        if (JSON.stringify(now?.credentials) !== JSON.stringify(found.credentials)) return false
        await store.put({ ...found, credentials })
        return true
      },
    }),
    'an account that was disabled since it was found stays disabled',
  ],
]

for (const [what, change, ...found] of BAD)
  test(`a store that ${what} does not pass`, async () => {
    const failed = await failures(change)
    for (const name of found)
      assert.ok(failed.includes(name), `${name}: passed; failed: ${failed.join('; ')}`)
  })

test('a store that takes the first of two accounts of one name does not pass', async () => {
  const failed = await failures(() => ({}), {
    make: (accounts) => ({
      find: (name) => accounts.find((account) => account.name === name),
    }),
  })
  assert.deepEqual(failed, ['two accounts of one name let nobody in'])
})

test('one that is out of order and says nothing does not pass', async () => {
  const failed = await failures(() => ({}), { broken: { gone: () => ({ find: () => undefined }) } })
  assert.deepEqual(failed, ['out of order: gone'])
})

test('a store that does nothing but find passes, and one that is a class', async () => {
  class Rows implements Store {
    readonly #rows: ReadonlyMap<string, StoredAccount>
    constructor(accounts: readonly StoredAccount[]) {
      this.#rows = new Map(accounts.map((account) => [account.name, account]))
      if (this.#rows.size < accounts.length) throw new RangeError('two of one name')
    }
    async find(name: string): Promise<StoredAccount | null> {
      return this.#rows.get(name) ?? null
    }
  }
  assert.deepEqual(await failures(() => ({}), { make: (accounts) => new Rows(accounts) }), [])
})
