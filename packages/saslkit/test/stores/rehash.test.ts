/** A login that shows the password has better credentials made, and is none the worse for it. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { desCrypt } from '../../src/credentials/hashes/des-crypt.js'
import { makeStoredCredential, parseStoredCredential } from '../../src/credentials/index.js'
import { utf8 } from '../../src/octets.js'
import type { Rehash, Store } from '../../src/stores/index.js'
import { directory, memoryStore, missingSchemes } from '../../src/stores/index.js'
import {
  ALL,
  clear,
  context,
  decoySecret,
  held,
  md5,
  pbkdf2,
  rehashing,
  schemes,
  scram,
  WANTED,
} from './rehashing.js'

test('weak and cheap credentials make way for what is wanted', async () => {
  for (const old of [md5, await pbkdf2('password'), await scram('password')]) {
    const { store, from, events, after } = await rehashing([old])
    assert.deepEqual(await after('password'), [ALL], old.scheme)
    assert.deepEqual(events, [
      { kind: 'rehashed', name: 'user', made: ['SCRAM-SHA-256', 'SCRAM-SHA-1', 'pbkdf2-sha256'] },
    ])
    const now = held(store)
    assert.deepEqual(await after('password'), [ALL])
    assert.equal(held(store), now, 'done again')
    assert.equal((await from.scramCredentials('user', 'SHA-1', context))?.iterations, 5000)
    assert.deepEqual(await from.verifyPassword('user', 'password', context), { authcid: 'user' })
    assert.equal(await from.verifyPassword('user', 'Password', context), false)
  }
})

test('what is as wanted, or costs more, stays', async () => {
  const [sha256, sha1, hash] = [
    await scram('x', 6000),
    await scram('x', 5000, 'SHA-1'),
    await pbkdf2('x', 2000),
  ]
  for (const [credentials, then] of [
    [[sha256, sha1, hash], 'SCRAM-SHA-256/6000 SCRAM-SHA-1/5000 pbkdf2-sha256/2000'],
    [[sha256, hash], 'SCRAM-SHA-1/5000 SCRAM-SHA-256/6000 pbkdf2-sha256/2000'],
    [[sha256, sha1], 'pbkdf2-sha256/2000 SCRAM-SHA-256/6000 SCRAM-SHA-1/5000'],
    [[await scram('x'), sha1, hash], 'SCRAM-SHA-256/5000 SCRAM-SHA-1/5000 pbkdf2-sha256/2000'],
  ] as const)
    assert.deepEqual(await (await rehashing([credentials])).after('x'), [then])
})

test('an old one that serves what nothing else does stays, unless it is told to go', async () => {
  for (const [old, stays] of [
    [clear('password'), 'cleartext'],
    [await scram('password', 4096, 'SHA-384'), 'SCRAM-SHA-384/4096'],
  ] as const) {
    assert.deepEqual(await (await rehashing([old])).after('password'), [`${ALL} ${stays}`])
    assert.deepEqual(await (await rehashing([old], { discard: () => true })).after('password'), [ALL])
  }
  assert.deepEqual(await (await rehashing([md5], { discard: () => false })).after('password'), [
    `${ALL} md5-crypt`,
  ])
  assert.deepEqual(
    await (await rehashing([['{NOBODY}x', md5]])).after('password'),
    [`${ALL} text`],
    'what cannot be read',
  )
})

test('each password of an account is bettered in its kind, and SCRAM stays whose it is', async () => {
  const { from, after } = await rehashing([[await scram('main')], [await pbkdf2('app')], clear('odd')])
  assert.deepEqual(await after('app'), ['SCRAM-SHA-256/4096', 'pbkdf2-sha256/2000', 'cleartext'])
  assert.deepEqual(await after('odd'), ['SCRAM-SHA-256/4096', 'pbkdf2-sha256/2000', 'cleartext'])
  assert.deepEqual(await after('main'), [
    'SCRAM-SHA-256/5000 SCRAM-SHA-1/5000',
    'pbkdf2-sha256/2000',
    'cleartext',
  ])
  for (const password of ['main', 'app', 'odd'])
    assert.deepEqual(await from.verifyPassword('user', password, context), { authcid: 'user' })
  // Nobody's keys come beside another's for the same hash.
  const two = await rehashing([await scram('new'), await scram('old', 4096, 'SHA-1')])
  assert.deepEqual(await two.after('old'), ['SCRAM-SHA-256/4096', 'SCRAM-SHA-1/5000'])
  assert.deepEqual(await two.after('new'), ['SCRAM-SHA-256/5000', 'SCRAM-SHA-1/5000'])
  const first = await rehashing([await pbkdf2('a', 2000), await pbkdf2('b', 2000)])
  assert.deepEqual(
    await first.after('a'),
    ['pbkdf2-sha256/2000', 'pbkdf2-sha256/2000'],
    'SCRAM for one of two',
  )
})

test('nobody’s credentials change but those of whoever proved themselves', async () => {
  const { store, from, events } = await rehashing([md5])
  const before = held(store)
  for (const [name, password] of [
    ['user', 'Password'],
    ['user', ''],
    ['resu', 'password'],
  ] as const)
    assert.equal(await from.verifyPassword(name, password, context), false)
  await store.put({ name: 'user', credentials: [md5], refused: 'account-disabled' })
  assert.deepEqual(await from.verifyPassword('user', 'password', context), { refused: 'account-disabled' })
  await from.idle()
  assert.deepEqual(held(store), { ...before, refused: 'account-disabled' })
  assert.deepEqual(events, [])
})

test('where only the start of a password was proved, nothing is made of the rest', async () => {
  const des = parseStoredCredential('sa3tHJ3/KuYvI') // of "password", by crypt(3) with the salt "sa"
  const fits = (password: string) => rehashing([des]).then(({ after }) => after(password))
  assert.deepEqual(await fits('passwords'), ['des-crypt'])
  assert.deepEqual(await fits('password'), [ALL])
})

test('an account that has changed meanwhile stays as it is', async () => {
  const changed = await scram('another')
  const { events, after } = await rehashing([md5], {}, (store) => ({
    ...store,
    async replace(found, credentials) {
      await store.put({ name: 'user', credentials: [changed] })
      return store.replace(found, credentials)
    },
  }))
  assert.deepEqual(await after('password'), ['SCRAM-SHA-256/4096'])
  assert.deepEqual(events, [])
})

test('the login does not wait, and one at a time is made', async () => {
  let keep = () => {}
  const kept = new Promise<void>((resolve) => {
    keep = resolve
  })
  const given: Rehash[] = []
  const { store, from, events } = await rehashing([md5], {
    async onRehash(rehash) {
      given.push(rehash)
      await kept
    },
  })
  for (let time = 0; time < 3; time++)
    assert.deepEqual(await from.verifyPassword('user', 'password', context), { authcid: 'user' })
  const idle = from.idle()
  keep()
  await idle
  assert.equal(given.length, 1)
  assert.equal(given[0]!.found.name, 'user')
  assert.deepEqual(schemes({ ...given[0]!.found, credentials: given[0]!.credentials }), [ALL])
  assert.deepEqual(
    given[0]!.made.map(({ scheme }) => scheme),
    ['SCRAM-SHA-256', 'SCRAM-SHA-1', 'pbkdf2-sha256'],
  )
  assert.deepEqual(schemes(held(store)), ['md5-crypt'], 'the store was asked too')
  assert.equal(events.length, 1)
  await from.verifyPassword('user', 'password', context)
  await from.idle()
  assert.equal(given.length, 2, 'the next login has its turn')
})

const FAULTS: readonly (() => unknown)[] = [
  () => {
    throw new Error('the store is down')
  },
  () => Promise.reject(new Error('the store is down')),
]

test('a store that cannot keep them is told of, and the login is none the worse', async () => {
  for (const replace of FAULTS) {
    const { from, events, after } = await rehashing([md5], {}, (store) => ({
      ...store,
      replace: replace as NonNullable<Store['replace']>,
    }))
    assert.deepEqual(await after('password'), ['md5-crypt'])
    assert.deepEqual(await from.verifyPassword('user', 'password', context), { authcid: 'user' })
    await from.idle()
    assert.equal(events.length, 2)
    assert.ok(events.every((event) => event.kind === 'rehash-failed' && /is down/.test(String(event.cause))))
  }
  const unmakeable = await rehashing([clear('pen\u0007cil')])
  assert.deepEqual(await unmakeable.after('pen\u0007cil'), ['cleartext'])
  assert.ok(unmakeable.events[0]?.kind === 'rehash-failed')
})

test('a password that is longer once it is prepared was not proved whole by its first octets', async () => {
  const long = '\ufdfa' // three octets, of which SASLprep makes 33
  const made = `ab${desCrypt(utf8(long.normalize('NFKC')), 'ab')}`
  const { from, after } = await rehashing([made])
  assert.deepEqual(await from.verifyPassword('user', long, context), { authcid: 'user' })
  assert.deepEqual(await after(long), ['text'], 'it may be the start of another')
  const short = await rehashing([`ab${desCrypt(utf8('pencil'), 'ab')}`])
  assert.deepEqual(await short.after('pencil'), [ALL])
})

test('a log that throws harms nobody', async () => {
  const store = await memoryStore([{ name: 'user', credentials: [md5] }])
  const from = directory(store, {
    decoySecret,
    rehash: { ...WANTED, onRehash: FAULTS[1]! },
    log() {
      throw new Error('the log is full')
    },
  })
  assert.deepEqual(await from.verifyPassword('user', 'password', context), { authcid: 'user' })
  await from.idle()
})

test('whoever keeps them may say that it was too late', async () => {
  const { events, after } = await rehashing([md5], { onRehash: async () => false })
  await after('password')
  assert.deepEqual(events, [])
})

test('nothing is made without a policy, nor with one that nobody could keep', async () => {
  const store = await memoryStore([{ name: 'user', credentials: [md5] }])
  const from = directory(store, { decoySecret })
  await from.verifyPassword('user', 'password', context)
  await from.idle()
  assert.deepEqual(schemes(held(store)), ['md5-crypt'])
  const still: Store = { find: () => undefined }
  assert.throws(
    () => directory(still, { decoySecret, typical: [], rehash: {} }),
    /TypeError: rehash: the store has no replace/,
  )
  assert.ok(directory(still, { decoySecret, typical: [], rehash: { onRehash: () => {} } }))
})

test('without a password hash in the policy, SCRAM keys do', async () => {
  const { after } = await rehashing([md5], { passwordHash: undefined })
  assert.deepEqual(await after('password'), ['SCRAM-SHA-256/5000 SCRAM-SHA-1/5000'])
})

test('what is missing is known by the names of its schemes', async () => {
  const missing = (...credentials: Parameters<typeof rehashing>[0]) =>
    missingSchemes({ name: 'user', credentials }, WANTED)
  const [sha256, sha1, hash] = [
    await scram('x', 5000),
    await scram('x', 5000, 'SHA-1'),
    await pbkdf2('x', 2000),
  ]
  assert.deepEqual(missing(), ['SCRAM-SHA-256', 'SCRAM-SHA-1', 'pbkdf2-sha256'])
  assert.deepEqual(missing([sha256, sha1], hash), [])
  assert.deepEqual(missing([await scram('x'), sha1], await pbkdf2('x', 1999)), [
    'SCRAM-SHA-256',
    'pbkdf2-sha256',
  ])
  assert.deepEqual(
    missing(clear('x')),
    ['SCRAM-SHA-256', 'SCRAM-SHA-1', 'pbkdf2-sha256'],
    'cleartext is no keys',
  )
  assert.deepEqual(missing('{NOBODY}x', sha256), ['SCRAM-SHA-1', 'pbkdf2-sha256'])
  assert.deepEqual(missingSchemes({ name: 'user', credentials: [] }), [
    'SCRAM-SHA-256',
    'SCRAM-SHA-512',
    'SCRAM-SHA-1',
    'argon2id',
  ])
  assert.deepEqual(
    missingSchemes(
      { name: 'user', credentials: ['pencil'] },
      { scram: ['SHA-256'], passwordHash: undefined },
      { hint: 'cleartext' },
    ),
    ['SCRAM-SHA-256'],
  )
})

test('the costs that a policy leaves open are new credentials’', async () => {
  const lacks = async (text: string, wanted: Parameters<typeof missingSchemes>[1]) =>
    missingSchemes({ name: 'user', credentials: [text] }, { scram: [], ...wanted })
  const argon2 = (memory: number) => `$argon2id$v=19$m=${memory},t=2,p=1$c2FsdHNhbHQ$aGFzaGhhc2hoYXNoaGFzaA`
  assert.deepEqual(await lacks(argon2(19_456), {}), [])
  assert.deepEqual(await lacks(argon2(4096), {}), ['argon2id'], 'weak')
  assert.deepEqual(
    await lacks(argon2(4096), { passwordHash: { memory: 4096 } }),
    [],
    'weak, as was asked for',
  )
  assert.deepEqual(await lacks(argon2(19_456), { passwordHash: { memory: 19_457 } }), ['argon2id'])
  assert.deepEqual(await lacks(argon2(19_456), { passwordHash: { memory: 4096, passes: 3 } }), ['argon2id'])
  const bcrypt = (await makeStoredCredential('x', { scheme: 'bcrypt', cost: 4 })).text
  assert.deepEqual(await lacks(bcrypt, { passwordHash: { scheme: 'bcrypt', cost: 4 } }), [])
  assert.deepEqual(await lacks(bcrypt, { passwordHash: { scheme: 'bcrypt', cost: 5 } }), ['bcrypt'])
  const keys = (await makeStoredCredential('x', { scheme: 'SCRAM-SHA-256', iterations: 16_384 })).text
  const scramLacks = (wanted: Parameters<typeof missingSchemes>[1]) =>
    missingSchemes(
      { name: 'user', credentials: [keys] },
      { scram: ['SHA-256'], passwordHash: undefined, ...wanted },
    )
  assert.deepEqual(scramLacks({ preset: 'kafka' }), [])
  assert.deepEqual(scramLacks({ preset: 'owasp' }), ['SCRAM-SHA-256'])
  assert.deepEqual(scramLacks({}), ['SCRAM-SHA-256'])
})
