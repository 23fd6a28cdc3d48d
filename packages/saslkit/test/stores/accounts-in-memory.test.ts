/** What a store in memory takes, and keeps, beside what the suite of all stores asks for. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { memoryStore, type StoredAccount } from '../../src/stores/index.js'

const cleartext = { parse: { hint: 'cleartext' } } as const
const account = (name: string, ...credentials: readonly string[]): StoredAccount => ({ name, credentials })

test('of two accounts of one name the second is refused, whatever it holds', async () => {
  await assert.rejects(
    memoryStore([account('user', 'x'), account('user', 'y')], cleartext),
    /^RangeError: two accounts named "user"/,
  )
})

test('an account of which one of several credentials of a password has changed has changed', async () => {
  const store = await memoryStore([{ name: 'user', credentials: [['x', 'y'], 'z'] }], cleartext)
  const [found] = store.find('user')
  for (const credentials of [
    [['x', 'w'], 'z'],
    [['x'], 'z'],
    [['x', 'y', 'y'], 'z'],
    [[], 'z'],
    ['x', 'z'],
  ])
    assert.equal(await store.replace({ ...found!, credentials }, ['w']), false, JSON.stringify(credentials))
  assert.equal(await store.replace({ ...found!, credentials: [['x', 'y'], 'z'] }, ['w']), true)
})

test('everybody else has a turn after 500 accounts that were read', async () => {
  let read = 0
  const turns: number[] = []
  const turn = () => {
    turns.push(read)
    if (turns.length < 4) setImmediate(turn)
  }
  setImmediate(turn)
  await memoryStore(
    (function* () {
      while (read < 1600) yield account(`user${read++}`)
    })(),
  )
  assert.deepEqual(turns.slice(0, 3), [500, 1000, 1500])
})
