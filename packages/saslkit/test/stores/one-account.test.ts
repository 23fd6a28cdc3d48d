/** Which account a store's answer is: quickly told, since nothing is hashed. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { DirectoryOptions, Store, StoredAccount, StoreEvent } from '../../src/stores/index.js'
import { directory } from '../../src/stores/index.js'
import { clear, context, decoySecret } from './rehashing.js'

const row = (name: string, password = 'pencil'): StoredAccount => ({ name, credentials: [clear(password)] })
const typical = [{ credentials: [clear('x')] }]

function over(answer: unknown, options: Partial<DirectoryOptions> = {}) {
  const events: StoreEvent[] = []
  const find = () => answer as ReturnType<Store['find']>
  const log = (event: StoreEvent) => events.push(event)
  const from = directory({ find }, { decoySecret, typical, log, ...options })
  return { events, login: async (name: string) => from.verifyPassword(name, 'pencil', context) }
}

test('nothing, null and no rows are nobody', async () => {
  for (const nobody of [undefined, null, []]) {
    const { events, login } = over(nobody)
    assert.equal(await login('user'), false)
    assert.deepEqual(events, [])
  }
})

test('what is no account is the store’s fault, in words', async () => {
  const named = Object.assign(function named() {}, { credentials: [] })
  assert.equal(named.name, 'named')
  for (const broken of [
    [null],
    [undefined],
    'user',
    7,
    [[]],
    {},
    named,
    { name: 7, credentials: [] },
    { name: '', credentials: [] },
    { credentials: [] },
    { name: 'user' },
    { name: 'user', credentials: 'x' },
    [row('user'), null],
  ])
    await assert.rejects(
      over(broken, { sameName: () => true }).login('user'),
      /^TypeError: a store's account is \{ name, credentials \}/,
    )
})

test('of the rows that were not taken each is told, and of the one that was nothing', async () => {
  const { events, login } = over([row('User'), row('us\u00ader'), row('üser')])
  assert.deepEqual(await login('user'), { authcid: 'us\u00ader' })
  assert.deepEqual(events, [
    { kind: 'other-name', name: 'user', found: 'User' },
    { kind: 'other-name', name: 'user', found: 'üser' },
  ])
})

test('an account of the very name needs nobody’s word', async () => {
  const sameName = () => false
  for (const rows of [row('user'), [row('user')], [row('user'), row('tim')], [row('tim'), row('user')]])
    assert.deepEqual(await over(rows, { sameName }).login('user'), { authcid: 'user' })
})

test('an alias that is looked up is as much of the name as the name: two are nobody’s', async () => {
  const sameName = async (canonical: string) => canonical === 'tim'
  await assert.rejects(over([row('user'), row('tim')], { sameName }).login('user'), /more than one account/)
  assert.deepEqual(await over([row('tom'), row('tim')], { sameName }).login('user'), { authcid: 'tim' })
})
