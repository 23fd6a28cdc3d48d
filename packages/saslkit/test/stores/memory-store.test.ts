import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { parseStoredCredential } from '../../src/credentials/parse.js'
import type { StoredAccount } from '../../src/stores/index.js'
import { directory, memoryStore } from '../../src/stores/index.js'
import { testStore } from '../../src/testing/index.js'

const CONTROL = /[\0-\x1f]/
const cleartext = { parse: { hint: 'cleartext' } } as const

describe('names by SASLprep', () =>
  testStore({ test, make: (accounts) => memoryStore(accounts), cannotHold: (name) => CONTROL.test(name) }))

describe('names as they are', () =>
  testStore({
    test,
    make: (accounts) => memoryStore(accounts, { prepare: 'none' }),
    prepare: 'none',
  }))

describe('cleartext', () =>
  testStore({
    test,
    make: (accounts) => memoryStore(accounts),
    keep: (password) => parseStoredCredential(password, { hint: 'cleartext' }),
    cannotHold: (name) => CONTROL.test(name),
  }))

const account = (name: string, ...credentials: readonly string[]): StoredAccount => ({ name, credentials })

test('two accounts that are one once they are prepared are refused, and nothing is changed', async () => {
  for (const [prepare, one, other] of [
    ['saslprep', 'user', 'us\u00ader'],
    ['saslprep', 'admin', '\uff41dmin'],
    ['precis', 'user', 'USER'],
  ] as const) {
    const pair = [account(one), account(other)]
    await assert.rejects(memoryStore(pair, { prepare }), /^RangeError: two accounts named "(user|admin)"/)
    const store = await memoryStore([account(one, 'x')], { ...cleartext, prepare })
    await assert.rejects(store.put(account(other)), RangeError)
    await assert.rejects(store.swap(pair), RangeError)
    assert.deepEqual(store.find(one.toLowerCase()), [account(one, 'x')])
  }
})

test('names that no login can have, and what is no account, are refused', async () => {
  for (const name of ['', 'us\u0007er', 'us\ud800er', '\ue000'])
    await assert.rejects(memoryStore([account(name)]), RangeError)
  for (const none of [
    undefined,
    null,
    {},
    { name: 'user' },
    { name: 7, credentials: [] },
    { name: 'user', credentials: 'x' },
  ])
    await assert.rejects(
      memoryStore([none as unknown as StoredAccount]),
      /^TypeError: an account is \{ name, /,
    )
  for (const none of [null, {}, 'user', account('user')])
    await assert.rejects(memoryStore(none as never), /^TypeError: accounts: a list/)
})

test('accounts are put, replaced by name, and removed', async () => {
  const store = await memoryStore([], cleartext)
  await store.put(account('User', 'x'))
  await store.put(account('User', 'y'))
  assert.equal(store.size, 1)
  assert.deepEqual(store.find('User'), [account('User', 'y')])
  assert.equal(await store.remove('user'), false)
  assert.equal(await store.remove('User'), true)
  assert.equal(store.size, 0)
  assert.deepEqual(store.census().kinds, [])
})

test('accounts are swapped whole, and changes are made in their order', async () => {
  const store = await memoryStore([account('a', 'x'), account('b', 'x')], cleartext)
  const swapping = store.swap(
    (function* () {
      for (const name of ['c', 'd']) {
        assert.equal(store.size, 2)
        yield account(name, 'x')
      }
    })(),
  )
  const putting = store.put(account('e', 'x'))
  await Promise.all([swapping, putting])
  for (const [name, there] of [
    ['a', 0],
    ['b', 0],
    ['c', 1],
    ['d', 1],
    ['e', 1],
  ] as const)
    assert.equal(store.find(name).length, there, name)
  assert.equal(store.census().kinds[0]!.accounts, 3)
})

test('an account belongs to the store: what becomes of the caller’s object is nothing to it', async () => {
  const one = ['y']
  const mine = {
    name: 'user',
    credentials: ['x', one] as StoredAccount['credentials'][number][],
    refused: undefined as 'account-disabled' | undefined,
  }
  const store = await memoryStore([mine], cleartext)
  const changed = () => {
    mine.refused = 'account-disabled'
    mine.credentials.push('z')
    one.push('z')
  }
  changed()
  assert.deepEqual(store.find('user'), [{ name: 'user', credentials: ['x', ['y']], refused: undefined }])
  await store.put(mine)
  changed()
  assert.deepEqual(store.find('user')[0]!.credentials, ['x', ['y', 'z'], 'z'])
  const better = ['w']
  assert.equal(await store.replace(store.find('user')[0]!, better), true)
  better.push('z')
  assert.deepEqual(store.find('user')[0]!.credentials, ['w'])
})

test('an account that went, and came back under a name that is prepared to the same, is another', async () => {
  const store = await memoryStore([account('User', 'x')], { ...cleartext, prepare: 'precis' })
  const [found] = store.find('user')
  await store.remove('User')
  await store.put(account('USER', 'x'))
  assert.equal(await store.replace(found!, ['y']), false)
  assert.deepEqual(store.find('user'), [account('USER', 'x')])
})

test('an account of a class is what its getters say: who is refused is, and its name and realm are there', async () => {
  class Row implements StoredAccount {
    readonly credentials = ['{PLAIN}secret']
    get name() {
      return 'user'
    }
    get refused() {
      return 'account-disabled' as const
    }
    get realm() {
      return 'example.org'
    }
  }
  const store = await memoryStore([new Row()])
  const [kept] = store.find('user')
  assert.deepEqual([kept?.name, kept?.realm], ['user', 'example.org'])
  const accounts = directory(store, { decoySecret: new Uint8Array(16) })
  const verdict = await accounts.verifyPassword('user', 'secret', { connection: { secure: true } })
  assert.deepEqual(verdict, { refused: 'account-disabled' })
})
