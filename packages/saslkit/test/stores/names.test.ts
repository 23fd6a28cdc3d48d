/** Whose account a store's answer is: never another's, and nobody's where it could be two's. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { parseStoredCredential } from '../../src/credentials/index.js'
import type { Context } from '../../src/step.js'
import type { Store, StoredAccount, StoreEvent } from '../../src/stores/index.js'
import { directory } from '../../src/stores/index.js'

const decoySecret = new Uint8Array(32).fill(1)
const context: Context = { connection: { secure: true } }
const clear = (password: string) => parseStoredCredential(password, { hint: 'cleartext' })

const answering = (...rows: readonly StoredAccount[]): Store => ({ find: () => rows })

test('an account is found by its own name alone, once that is prepared', async () => {
  for (const [prepare, asked, canonical, verdict] of [
    ['saslprep', 'user', 'us\u00ader', true],
    ['saslprep', 'user', 'User', false],
    ['saslprep', 'admin', 'ádmin', false],
    ['saslprep', 'admin', 'admin ', false],
    ['saslprep', 'admin', '\u0007', false],
    ['precis', 'user', 'User', true],
    ['precis', 'user', 'üser', false],
    ['precis-case-preserved', 'user', 'User', false],
    ['none', 'user', 'us\u00ader', false],
    ['none', 'us\u00ader', 'us\u00ader', true],
  ] as const) {
    const events: StoreEvent[] = []
    const store = answering({ name: canonical, credentials: [clear('pencil')] })
    const from = directory(store, { decoySecret, typical: [], prepare, log: (event) => events.push(event) })
    const got = await from.verifyPassword(asked, 'pencil', context)
    assert.deepEqual(got, verdict ? { authcid: canonical } : false, `${prepare}: ${asked}, ${canonical}`)
    assert.deepEqual(events, verdict ? [] : [{ kind: 'other-name', name: asked, found: canonical }])
    const secret = await from.secret(asked, context)
    assert.equal(typeof secret === 'object' && secret.authcid, verdict ? canonical : false)
    const scramFound = await from.scramCredentials(asked, 'SHA-256', context)
    assert.equal(scramFound?.authcid, verdict ? canonical : undefined)
  }
})

test('aliases are for whoever says which', async () => {
  const store = answering({ name: 'tim@example.org', credentials: [clear('pencil')] })
  for (const sameName of [
    (canonical: string, asked: string) => canonical === `${asked}@example.org`,
    async (canonical: string, asked: string) => canonical === `${asked}@example.org`,
  ]) {
    const from = directory(store, { decoySecret, typical: [], sameName })
    assert.deepEqual(await from.verifyPassword('tim', 'pencil', context), { authcid: 'tim@example.org' })
    assert.deepEqual(await from.verifyPassword('tim@example.org', 'pencil', context), {
      authcid: 'tim@example.org',
    })
    assert.equal(await from.verifyPassword('tom', 'pencil', context), false)
  }
  for (const nonsense of ['yes', 1, {}]) {
    const from = directory(store, {
      decoySecret,
      typical: [],
      sameName: () => nonsense as unknown as boolean,
    })
    assert.equal(await from.verifyPassword('tim', 'pencil', context), false)
  }
})

test('a store may know aliases; whoever makes the directory knows better', async () => {
  const rows = answering({ name: 'tim@example.org', credentials: [clear('pencil')] })
  const sameName = (canonical: string, asked: string) => canonical === `${asked}@example.org`
  const knowing: Store = { ...rows, sameName }
  const from = directory(knowing, { decoySecret, typical: [] })
  assert.deepEqual(await from.verifyPassword('tim', 'pencil', context), { authcid: 'tim@example.org' })
  assert.equal(await from.verifyPassword('tom', 'pencil', context), false)
  const strict = directory(knowing, { decoySecret, typical: [], sameName: () => false })
  assert.equal(await strict.verifyPassword('tim', 'pencil', context), false)
  const broken = directory({ ...rows, sameName: () => assert.fail('gone') }, { decoySecret, typical: [] })
  await assert.rejects(async () => broken.verifyPassword('tim', 'pencil', context), /gone/)
})

test('of several rows, the one of that name is taken; two of it are nobody’s', async () => {
  const row = (name: string, password: string) => ({ name, credentials: [clear(password)] })
  const from = directory(answering(row('ADMIN', 'a'), row('admin', 'b'), row('ádmin', 'c')), {
    decoySecret,
    typical: [],
  })
  assert.deepEqual(await from.verifyPassword('admin', 'b', context), { authcid: 'admin' })
  for (const password of ['a', 'c'])
    assert.equal(await from.verifyPassword('admin', password, context), false)
  const events: StoreEvent[] = []
  const twice = directory(answering(row('admin', 'a'), row('adm\u00adin', 'b')), {
    decoySecret,
    typical: [],
    log: (event) => events.push(event),
  })
  for (const ask of [
    () => twice.verifyPassword('admin', 'a', context),
    () => twice.secret('admin', context),
    () => twice.scramCredentials('admin', 'SHA-256', context),
  ])
    await assert.rejects(async () => ask(), /more than one account of that name/)
  assert.equal(events.length, 3)
  assert.deepEqual(events[0], { kind: 'ambiguous-name', name: 'admin', found: ['admin', 'adm\u00adin'] })
  assert.equal(
    await directory(answering(), { decoySecret, typical: [] }).verifyPassword('admin', 'a', context),
    false,
  )
})

test('a sameName that throws for one account and rejects for another leaves no rejection unhandled', async () => {
  const unhandled: unknown[] = []
  const note = (error: unknown) => unhandled.push(error)
  process.on('unhandledRejection', note)
  try {
    let asked = 0
    const rows = [
      { name: 'one', credentials: [] },
      { name: 'other', credentials: [] },
    ]
    const accounts = directory(
      { find: () => rows },
      {
        decoySecret: new Uint8Array(16),
        typical: [],
        sameName() {
          if (asked++) throw new Error('at once')
          return Promise.reject(new Error('later'))
        },
      },
    )
    await assert.rejects(async () => accounts.verifyPassword('name', 'secret', context))
    await new Promise((resolve) => setImmediate(resolve))
    assert.deepEqual(unhandled, [])
  } finally {
    process.off('unhandledRejection', note)
  }
})
