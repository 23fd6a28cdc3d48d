import { SaslError } from '../../errors.js'
import type { Store } from '../../stores/store.js'
import type { StoreEvent } from '../../stores/store-event.js'
import { expect, expectFailure, expectIdentity, thrown } from '../mechanism/expect.js'
import { askingBy, directoryOver, login } from './logins.js'
import { found } from './lookups.js'
import { kept, PASSWORD, type StoreUnderTest, secure } from './under-test.js'

/** What comes of a store that is out of order. */
const FAULTS: readonly (readonly [name: string, find: () => unknown])[] = [
  ['throws', () => fail(new Error('connection refused'))],
  ['throws text', () => fail('connection refused')],
  ['throws nothing', () => fail(undefined)],
  ['throws a verdict', () => fail(new SaslError('invalid-credentials', 'not for a store to say'))],
  ['rejects', () => Promise.reject(new Error('the pool is exhausted'))],
  ['rejects with text', () => Promise.reject('the pool is exhausted')],
  ['answers yes', () => true],
  ['answers no', () => false],
  ['answers with text', () => 'user'],
  ['answers with a number', async () => 1],
  ['has a row of nothing', () => ({})],
  ['has a row without a name', async () => ({ credentials: [] })],
  ['has a row of an empty name', () => ({ name: '', credentials: [] })],
  ['has a row whose name is no text', () => ({ name: 7, credentials: [] })],
  ['has a row without credentials', () => ({ name: 'user' })],
  ['has a row whose credentials are no list', () => ({ name: 'user', credentials: 'secret' })],
  ['has nothing for a row', async () => [null]],
]

const fail = (fault: unknown): never => {
  throw fault
}

/** Credentials that are none: whoever holds nothing else is told to come again. */
const UNREADABLE: readonly unknown[] = [
  '',
  'x',
  '$argon2id$v=19$m=4294967295,t=2,p=1$c2FsdHNhbHQ$aGFzaGhhc2hoYXNoaGFzaA',
  '{NOBODY}pencil',
  '{PLAIN}',
  'SCRAM-SHA-256$0:c2FsdA==$AAAA:AAAA',
  7,
  null,
  undefined,
  {},
]

/** The store, with lookups answered by us. */
const withFind = (made: Store, find: Store['find']): Store =>
  new Proxy(made, {
    get(target, key) {
      if (key === 'find') return find
      const value: unknown = Reflect.get(target, key)
      return typeof value === 'function' ? value.bind(target) : value
    },
  })

/** What is broken is `temporary`, for each mechanism, and lets nobody in. */
export function testFaults(store: StoreUnderTest): void {
  const { test, make, broken = {} } = store

  const whole = async (): Promise<Store> => make([{ name: 'user', credentials: [await kept(store)] }])
  const answering = (made: Store, find: () => unknown): Store => withFind(made, find as Store['find'])

  const isTemporary = async (
    made: Store,
    faulty: Store,
    what: string,
    names: readonly string[] = ['user', 'resu'],
  ): Promise<void> => {
    const from = directoryOver(faulty, store)
    for (const asking of await askingBy(store, made))
      for (const name of names)
        expectFailure(
          (await login(asking, from, name, PASSWORD)).server,
          `${asking.name}, ${what}`,
          'temporary',
        )
  }

  for (const [what, find] of FAULTS)
    test(`a store that ${what} is temporary`, async () => {
      const made = await whole()
      await isTemporary(made, answering(made, find), what)
    })

  for (const [what, makeBroken] of Object.entries(broken))
    test(`out of order: ${what}`, async () => {
      const faulty = await makeBroken()
      await thrown(() => found(faulty, 'user'), `${what}: a lookup`)
      await isTemporary(await whole(), faulty, what)
    })

  test('a store that hangs is left when the signal says so', async () => {
    const made = await whole()
    for (const asking of await askingBy(store, made)) {
      const abort = new AbortController()
      const hanging = answering(made, () => {
        queueMicrotask(() => abort.abort())
        return new Promise(() => {})
      })
      const { server } = await login(asking, directoryOver(hanging, store), 'user', PASSWORD, abort.signal)
      expectFailure(server, asking.name, 'aborted')
    }
  })

  test('a store that answers with accounts of other names knows nobody of this one, and the log is told', async () => {
    const made = await whole()
    const credentials = [await kept(store)]
    for (const name of ['admin', 'USER', 'user ', 'üser', 'users']) {
      const events: StoreEvent[] = []
      const from = directoryOver(
        answering(made, () => ({ name, credentials })),
        store,
        (event) => events.push(event),
      )
      for (const asking of await askingBy(store, made))
        expectFailure(
          (await login(asking, from, 'user', PASSWORD)).server,
          asking.name,
          'invalid-credentials',
        )
      expect(
        events.length > 0 && events.every((event) => event.kind === 'other-name' && event.found === name),
        'the log is not told',
      )
    }
  })

  test('a store that answers with two accounts of the name lets nobody in', async () => {
    const made = await whole()
    const row = { name: 'user', credentials: [await kept(store)] }
    await isTemporary(
      made,
      answering(made, () => [row, { ...row }]),
      'two rows',
      ['user'], // "resu" is neither of them
    )
    const from = directoryOver(
      answering(made, () => [row, { ...row, name: 'users' }]),
      store,
    )
    for (const asking of await askingBy(store, made))
      expectIdentity((await login(asking, from, 'user', PASSWORD)).server, { authcid: 'user' }, asking.name)
  })

  test('credentials that cannot be read are temporary, and no reason to let anybody in', async () => {
    const made = await whole()
    for (const one of UNREADABLE) {
      const events: StoreEvent[] = []
      const row = { name: 'user', credentials: [one] }
      const from = directoryOver(
        answering(made, () => row),
        store,
        (event) => events.push(event),
      )
      for (const asking of await askingBy(store, made))
        for (const password of [PASSWORD, String(one) || ' '])
          expectFailure(
            (await login(asking, from, 'user', password)).server,
            JSON.stringify(one),
            'temporary',
          )
      expect(
        events.length > 0 &&
          events.every(({ kind, name }) => kind === 'unreadable-credential' && name === 'user'),
        'the log is not told',
      )
      expect(!JSON.stringify(events).includes('m=4294967295'), 'the log is told the credential')
    }
  })

  test('credentials that cannot be read do not stand in the way of others', async () => {
    const made = await whole()
    const row = { name: 'user', credentials: ['{NOBODY}x', await kept(store)] }
    const from = directoryOver(
      answering(made, () => row),
      store,
    )
    for (const asking of await askingBy(store, made)) {
      expectIdentity((await login(asking, from, 'user', PASSWORD)).server, { authcid: 'user' }, asking.name)
      // It may be the right one for what cannot be read.
      expectFailure((await login(asking, from, 'user', 'eraser')).server, asking.name, 'temporary')
    }
  })

  test('a store is asked once a login, for the name as it is', async () => {
    const made = await whole()
    for (const asking of await askingBy(store, made)) {
      const asked: string[] = []
      const counting = withFind(made, (name, context) => {
        asked.push(name)
        expect(context.connection.secure === secure.connection.secure, 'another connection')
        return made.find(name, context)
      })
      await login(asking, directoryOver(counting, store), 'user', PASSWORD)
      expect(asked.join() === 'user', `asked for ${asked.join()}`)
    }
  })
}
