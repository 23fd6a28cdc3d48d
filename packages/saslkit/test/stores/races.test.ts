/** Logins, rehashing and an administrator at once, in many orders: what the administrator did last is what holds. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Verdict } from '../../src/directory.js'
import type { MemoryStore, RehashOptions, Store } from '../../src/stores/index.js'
import { directory, memoryStore, verifiedPasswords } from '../../src/stores/index.js'
import { clear, context, decoySecret, pbkdf2, scram } from './rehashing.js'

/** The same numbers each time. */
function numbers(seed: number): (below: number) => number {
  let state = seed
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return Math.floor((state / 2 ** 32) * below)
  }
}

const pause = async (turns: number): Promise<void> => {
  for (let turn = 0; turn < turns; turn++) await new Promise((resolve) => setImmediate(resolve))
}

/** A store on the other side of a network: what it answers is a while old, and what it is told comes late. */
const remote = (store: MemoryStore, number: (below: number) => number): Store => ({
  census: store.census,
  async find(name) {
    await pause(number(3))
    const rows = store.find(name)
    await pause(number(6))
    return rows
  },
  async replace(found, credentials) {
    await pause(number(6))
    const done = await store.replace(found, credentials)
    await pause(number(3))
    return done
  },
})

const REHASH: RehashOptions = {
  iterations: 4096,
  scram: ['SHA-256'],
  passwordHash: { scheme: 'pbkdf2-sha256', iterations: 1100 },
}

test('whatever comes between a login and its rehashing, nothing that was changed comes back', async () => {
  const cheap = [await scram('first'), await pbkdf2('first')]
  const kinds = [
    [clear('first')],
    [await pbkdf2('first')],
    [cheap],
    cheap,
    [await pbkdf2('app'), clear('first')],
  ]
  let rehashed = 0
  for (let seed = 1; seed <= 120; seed++) {
    const number = numbers(seed)
    const store = await memoryStore([{ name: 'user', credentials: kinds[number(kinds.length)]! }])
    // Two nodes, each with what it remembers.
    const nodes = [0, 1].map(() =>
      directory(remote(store, number), {
        decoySecret,
        verified: verifiedPasswords(),
        rehash: REHASH,
        log: ({ kind }) => {
          assert.notEqual(kind, 'rehash-failed')
          if (kind === 'rehashed') rehashed++
        },
      }),
    )
    const login = (password: string): Promise<Verdict> =>
      Promise.resolve(nodes[number(2)]!.verifyPassword('user', password, context))
    const logins = Array.from({ length: 6 }, async () => {
      await pause(number(30))
      await login(['first', 'second', 'wrong'][number(3)]!)
    })
    await pause(number(40))
    const change = number(4)
    if (change === 0) await store.put({ name: 'user', credentials: [await pbkdf2('second')] })
    else if (change === 1) await store.put({ ...store.find('user')[0]!, refused: 'account-disabled' })
    else if (change === 2) await store.remove('user')
    else await store.put({ name: 'user', credentials: [] })
    const [changed] = store.find('user')
    await Promise.all([...logins, ...nodes.map((node) => login('first').then(() => node.idle()))])
    await Promise.all(nodes.map((node) => node.idle()))

    const verdicts = async (password: string): Promise<string> => {
      const all = await Promise.all(
        nodes.map((node) => Promise.resolve(node.verifyPassword('user', password, context))),
      )
      return JSON.stringify(all)
    }
    const twice = (verdict: Verdict) => JSON.stringify([verdict, verdict])
    const about = `seed ${seed}, change ${change}`
    assert.equal(await verdicts('wrong'), twice(false), about)
    if (change === 0) {
      assert.equal(await verdicts('first'), twice(false), about)
      assert.equal(await verdicts('second'), twice({ authcid: 'user' }), about)
    } else if (change === 1) {
      assert.equal(await verdicts('first'), twice({ refused: 'account-disabled' }), about)
      assert.equal(store.find('user')[0]!.refused, 'account-disabled', about)
    } else {
      assert.equal(await verdicts('first'), twice(false), about)
      assert.deepEqual(store.find('user')[0], changed, about)
    }
    await Promise.all(nodes.map((node) => node.idle()))
  }
  assert.ok(rehashed > 10, `only ${rehashed} were rehashed at all`)
})

test('two nodes that rehash one account at once leave one set of credentials', async () => {
  for (let seed = 1; seed <= 30; seed++) {
    const number = numbers(seed)
    const store = await memoryStore([{ name: 'user', credentials: [await pbkdf2('first')] }])
    const told: string[] = []
    const nodes = [0, 1].map(() =>
      directory(remote(store, number), {
        decoySecret,
        rehash: REHASH,
        log: ({ kind }) => told.push(kind),
      }),
    )
    await Promise.all(
      [...nodes, ...nodes].map((node) => Promise.resolve(node.verifyPassword('user', 'first', context))),
    )
    await Promise.all(nodes.map((node) => node.idle()))
    const [password, ...others] = store.find('user')[0]!.credentials
    assert.deepEqual(others, [])
    assert.equal([password].flat().length, 2)
    assert.deepEqual(told, ['rehashed'])
  }
})
