/** From outside, what does not exist is like what does: vectors (a) to (d) of the attack plan, against directory(store). */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Refusal } from '../../src/directory.js'
import { cramMd5Client, cramMd5Server } from '../../src/mechanisms/cram-md5.js'
import { loginClient, loginServer } from '../../src/mechanisms/login.js'
import { plainClient, plainServer } from '../../src/mechanisms/plain.js'
import { scramClient } from '../../src/mechanisms/scram/client.js'
import { scramServer } from '../../src/mechanisms/scram/server.js'
import { saslServer } from '../../src/negotiation/server.js'
import { directory, memoryStore } from '../../src/stores/index.js'
import {
  ask,
  clear,
  connection,
  costly,
  decoySecret,
  end,
  NAMES,
  named,
  over,
  scramText,
  sha256,
} from './enumeration.js'

test('(a) each unknown name has its salt, whenever it is asked, and looks like a known one', async () => {
  const from = await over([named('user', sha256)])
  const known = await ask(from, 'user')
  const salts = new Set([known.salt])
  for (const name of NAMES) {
    const [first, second, third] = [await ask(from, name), await ask(from, name), await ask(from, name)]
    assert.deepEqual(second, first)
    assert.deepEqual(third, first)
    assert.deepEqual({ ...first, salt: '' }, { ...known, salt: '' })
    salts.add(first.salt)
  }
  assert.equal(salts.size, NAMES.length + 1)
})

test('(a) salts are as long as the accounts’, whatever that is', async () => {
  for (const length of [8, 12, 32, 40, 200]) {
    const from = await over([named('user', await scramText('SHA-256', 4096, new Uint8Array(length).fill(7)))])
    assert.equal((await ask(from, 'unknown')).length, length)
  }
})

test('(b) they are the same after a restart and on another node with the secret, and others without', async () => {
  const accounts = [named('user', sha256), named('admin', costly), named('root', costly)]
  const [one, restarted, other] = [
    await over(accounts),
    await over(accounts.toReversed(), { decoySecret: decoySecret.slice() }),
    await over(accounts, { decoySecret: new Uint8Array(32).fill(2) }),
  ]
  for (const name of NAMES.slice(0, 50)) {
    const asked = await ask(one, name)
    assert.deepEqual(await ask(restarted, name), asked)
    assert.notEqual((await ask(other, name)).salt, asked.salt)
  }
})

test('iteration counts come as often among unknown names as among accounts, each name with its own', async () => {
  const accounts = [named('a', costly), ...['b', 'c', 'd'].map((name) => named(name, sha256))]
  const from = await over(accounts)
  const counts = new Map<number, number>()
  for (const name of NAMES) {
    const { iterations } = await ask(from, name)
    assert.equal((await ask(from, name)).iterations, iterations)
    counts.set(iterations, (counts.get(iterations) ?? 0) + 1)
  }
  assert.deepEqual([...counts.keys()].toSorted(), [10_000, 4096])
  // 50 are to be expected; the names and the secret are fixed, so that this is no matter of chance.
  assert.ok(counts.get(10_000)! > 35 && counts.get(10_000)! < 65, String(counts.get(10_000)))
})

test('an account more or less changes what few unknown names look like', async () => {
  const many = (count: number, kept: string, prefix: string) =>
    Array.from({ length: count }, (_, at) => named(`${prefix}${at}`, kept))
  const store = await memoryStore([...many(50, sha256, 'a'), ...many(50, costly, 'b')])
  const from = directory(store, { decoySecret })
  const before = await Promise.all(NAMES.map((name) => ask(from, name)))
  await store.put(named('c', costly))
  const after = await Promise.all(NAMES.map((name) => ask(from, name)))
  const changed = before.filter(({ iterations }, at) => iterations !== after[at]!.iterations)
  assert.ok(changed.length <= 4, `${changed.length} of 200`)
  assert.ok(
    changed.every(({ iterations }) => iterations === 4096),
    'some have moved the other way',
  )
  assert.deepEqual(
    before.map(({ salt }) => salt),
    after.map(({ salt }) => salt),
  )
})

test('(c) a known account without keys for the hash is as an unknown one', async () => {
  const from = await over([named('user', await scramText('SHA-1', 4096)), named('other', sha256)])
  for (const name of NAMES.slice(0, 20)) {
    const [known, unknown] = [await ask(from, 'user'), await ask(from, name)]
    assert.deepEqual({ ...known, salt: '' }, { ...unknown, salt: '' })
    assert.deepEqual(await ask(from, 'user'), known)
  }
  const ends = await Promise.all(
    ['user', 'resu'].map((authcid) =>
      end(scramClient('SHA-256', { authcid, password: 'pencil' }), scramServer('SHA-256', from, {})),
    ),
  )
  assert.deepEqual(ends[0], ends[1])
})

test('(c) locked accounts are as unknown ones', async () => {
  const from = await over([named('locked'), named('user', sha256)])
  const [known, unknown] = [await ask(from, 'locked'), await ask(from, 'resu')]
  assert.deepEqual({ ...known, salt: '' }, { ...unknown, salt: '' })
  assert.equal(await from.verifyPassword('locked', 'pencil', { connection }), false)
  assert.equal(await from.verifyPassword('locked', '', { connection }), false)
})

test('a name that cannot be prepared takes the path of an unknown one', async () => {
  const from = await over([named('user', costly)])
  for (const name of ['us\u0007er', 'user\u202e', '\ue000', 'a'.repeat(300)]) {
    const first = await ask(from, name)
    assert.deepEqual(await ask(from, name), first)
    assert.deepEqual([first.length, first.iterations], [16, 10_000])
  }
})

test('(d) unknown names, wrong passwords and disabled accounts end alike, and refusals are told after proof alone', async () => {
  const refused = (why: Refusal['refused']) => ({ ...named(why, sha256, clear), refused: why })
  const told: unknown[] = []
  const from = await over(
    [
      named('user', sha256, clear),
      refused('account-disabled'),
      refused('credentials-expired'),
      refused('not-authorized'),
    ],
    { log: (event) => told.push(event) },
  )
  const runs: readonly ((authcid: string, password: string) => Promise<unknown>)[] = [
    (authcid, password) => end(plainClient({ authcid, password }), plainServer(from)),
    (authcid, password) => end(loginClient({ authcid, password }), loginServer(from)),
    (authcid, password) => end(cramMd5Client({ authcid, password }), cramMd5Server(from)),
    (authcid, password) =>
      end(scramClient('SHA-256', { authcid, password }), scramServer('SHA-256', from, {})),
  ]
  for (const run of runs) {
    assert.equal(await run('user', 'pencil'), 'success')
    const wrong = await run('user', 'eraser')
    assert.ok(Array.isArray(wrong) && wrong[0] === 'invalid-credentials')
    assert.deepEqual(await run('resu', 'pencil'), wrong)
    for (const why of ['account-disabled', 'credentials-expired', 'not-authorized']) {
      assert.deepEqual(await run(why, 'eraser'), wrong)
      const proved = await run(why, 'pencil')
      assert.ok(Array.isArray(proved) && proved[0] === why)
    }
  }
  assert.deepEqual(told, [])
})

test('a server needs no decoySecret beside the directory’s, and a directory needs one', async () => {
  const from = await over([named('user', sha256)])
  assert.deepEqual(saslServer({ directory: from }).offer(connection), ['SCRAM-SHA-256', 'PLAIN'])
  const store = await memoryStore([])
  for (const wrong of [undefined, 'sixteen octets at least'])
    assert.throws(() => directory(store, { decoySecret: wrong as never }), TypeError)
  assert.throws(() => directory(store, { decoySecret: new Uint8Array(15) }), RangeError)
  for (const derivedIterations of [0, 4095, 4096.5])
    assert.throws(() => directory(store, { decoySecret, derivedIterations }), RangeError)
})
