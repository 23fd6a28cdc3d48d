import { sameCredentials } from '../../stores/same-credentials.js'
import type { Store } from '../../stores/store.js'
import type { StoredAccount } from '../../stores/stored-account.js'
import { expect } from '../mechanism/expect.js'
import { HOSTILE_NAMES } from './hostile-names.js'
import { kept, refusalsOf, type StoreUnderTest, secure } from './under-test.js'

/** All that a store answers with, as a list. */
export async function found(store: Store, name: string): Promise<readonly StoredAccount[]> {
  const answer = await store.find(name, secure)
  if (answer === undefined || answer === null) return []
  return Array.isArray(answer) ? answer : [answer as StoredAccount]
}

/** Which collations take for the same, and which an exact store takes for another: the directory sorts that out. */
const COLLATED: readonly string[] = [' user', 'user ', 'USER', 'User', 'üser']

/** What a store finds, and that a name is a name. */
export function testLookups(store: StoreUnderTest): void {
  const { test, make, cannotHold = () => false } = store
  const holdable = HOSTILE_NAMES.filter((name) => !cannotHold(name))

  test('an account is found by its name, with all that it holds', async () => {
    const [one, other] = [await kept(store), await kept(store, 'eraser')]
    const accounts: readonly StoredAccount[] = [
      { name: 'user', credentials: store.oneCredential ? [one] : [other, one] },
      { name: 'admin', credentials: [other] },
    ]
    const made = await make(accounts)
    for (const account of accounts) {
      const [is, ...more] = await found(made, account.name)
      expect(is?.name === account.name, `${account.name}: found ${is?.name}`)
      expect(more.length === 0, `${account.name}: found more than one`)
      expect(sameCredentials(is, account), `${account.name}: found other credentials, or in another order`)
      expect(!is.refused, `${account.name}: refused`)
    }
  })

  test('a name that nobody has finds nobody, and that is no fault', async () => {
    for (const made of [await make([]), await make([{ name: 'user', credentials: [await kept(store)] }])])
      for (const name of ['resu', 'use', 'users'])
        expect((await found(made, name)).length === 0, `found somebody by ${name}`)
  })

  test('no name is a query, a pattern, a path or a property', async () => {
    const made = await make([{ name: 'user', credentials: [await kept(store)] }])
    for (const name of HOSTILE_NAMES)
      for (const { name: canonical } of await found(made, name))
        expect(
          COLLATED.includes(name) && canonical === 'user',
          `${JSON.stringify(name)} found ${JSON.stringify(canonical)}`,
        )
    expect((await found(made, 'user')).length === 1, 'afterwards, the account is no longer found')
  })

  test('odd names are found by themselves, each with its own account', async () => {
    const one = await kept(store)
    for (const name of holdable) {
      const made = await make([
        { name: 'somebody', credentials: [one] },
        { name, credentials: [one] },
      ])
      const rows = await found(made, name)
      expect(
        rows.length === 1 && rows[0]!.name === name,
        `${JSON.stringify(name)} found ${JSON.stringify(rows.map((row) => row.name))}`,
      )
    }
  })

  test('an account has its own name, whatever name it was found by', async () => {
    const made = await make([{ name: 'User', credentials: [await kept(store)] }])
    for (const name of ['User', 'user', 'USER', 'User ', 'Üser'])
      for (const { name: canonical } of await found(made, name))
        expect(canonical === 'User', `${name} was handed back as ${canonical}`)
  })

  test('lookups at the same time do not mix', async () => {
    const one = await kept(store)
    const names = Array.from({ length: 50 }, (_, at) => `user${at}`)
    const made = await make(names.map((name) => ({ name, credentials: [one] })))
    const rows = await Promise.all([...names, ...names].map((name) => found(made, name)))
    for (const [at, [row]] of rows.entries())
      expect(row?.name === names[at % names.length], `${names[at % names.length]} found ${row?.name}`)
  })

  test('what an account is not allowed is known with it', async () => {
    const credentials = [await kept(store)]
    for (const refused of refusalsOf(store)) {
      const made = await make([
        { name: 'user', credentials, refused },
        { name: 'admin', credentials },
      ])
      expect((await found(made, 'user'))[0]?.refused === refused, `${refused}: not refused so`)
      expect(!(await found(made, 'admin'))[0]?.refused, `${refused}: another is refused`)
    }
  })

  test('a realm of its own is known with an account', async () => {
    if (store.noRealm) return
    const credentials = [await kept(store)]
    const made = await make([
      { name: 'user', credentials, realm: 'example.org' },
      { name: 'admin', credentials },
    ])
    expect((await found(made, 'user'))[0]?.realm === 'example.org', 'not of its realm')
    expect(((await found(made, 'admin'))[0]?.realm ?? undefined) === undefined, 'of a realm of another')
  })

  test('an aborted lookup ends, and harms no other', async () => {
    const made = await make([{ name: 'user', credentials: [await kept(store)] }])
    const abort = new AbortController()
    const signal = abort.signal
    const looking = Promise.resolve(made.find('user', { ...secure, signal })).then(
      () => {},
      (error) => expect(error === signal.reason, 'it rejected with something else than the signal’s reason'),
    )
    abort.abort()
    await looking
    expect((await found(made, 'user')).length === 1, 'the next lookup finds nobody')
  })

  test('a census, if there is one, is of all accounts', async () => {
    const one = await kept(store)
    const made = await make(['a', 'b', 'c'].map((name) => ({ name, credentials: [one] })))
    const census = made.census?.()
    if (!census) return
    expect(
      census.kinds.length === 1 && census.kinds[0]!.accounts === 3,
      'it is not of three accounts of one kind',
    )
    expect((await make([])).census!().kinds.length === 0, 'an empty store has accounts in its census')
  })
}
