/** Directories over stores: no secret in them, in what they log, or in what they throw, whatever the store does. */
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { Context } from '../../src/step.js'

import {
  type DirectoryOptions,
  directory,
  type MemoryStore,
  memoryStore,
  type Rehash,
  type Store,
  type StoredAccount,
  type StoreEvent,
  verifiedPasswords,
} from '../../src/stores/index.js'
import { connection, DECOY_SECRET, HASHES, memory } from './accounts.js'
import { assertSilent } from './assert-silent.js'
import { inProtest } from './in-protest.js'
import { EVIL, PASSWORD, SENTINEL, WRONG } from './sentinels.js'
import { STORED, secretsOf } from './stored.js'

const context: Context = { connection }
const hidden = STORED.flatMap(secretsOf)
const withPasswords = STORED.filter(({ serves }) => serves.includes('password'))
const cleartext = withPasswords.filter(({ scheme }) => scheme === 'cleartext')

const accounts: readonly StoredAccount[] = [
  ...withPasswords.map((credential, at) => ({ name: `user${at}`, credentials: [credential.text] })),
  { name: 'all', credentials: [cleartext, withPasswords.slice(0, 4).map(({ text }) => text)] },
  { name: 'disabled', credentials: withPasswords.slice(-2), refused: 'account-disabled' },
  {
    name: 'broken',
    credentials: [`{NOSUCH}${PASSWORD}`, `{SSHA}${PASSWORD}`, PASSWORD, `$argon2id$${EVIL}`],
  },
]

async function everyQuestion(store: Store, options: Partial<DirectoryOptions> = {}): Promise<StoreEvent[]> {
  const events: StoreEvent[] = []
  const log = (event: StoreEvent) => {
    events.push(event)
  }
  const asked = directory(store, { decoySecret: DECOY_SECRET, typical: [], log, ...options })
  assertSilent([asked, store, options.verified], 'before', hidden)
  const names = [...accounts.map(({ name }) => name), 'nobody']
  for (const name of names) {
    for (const password of [PASSWORD, WRONG, `${SENTINEL}\ud800`, '']) {
      const verdict = await inProtest(async () => asked.verifyPassword(name, password, context))
      assertSilent(verdict, `${name}: the verdict`, hidden)
    }
    // What is answered is the secret that was asked for; what is thrown is not.
    for (const hash of HASHES) {
      const answer = await inProtest(async () => asked.scramCredentials(name, hash, context))
      if (answer instanceof Error) assertSilent(answer, `${name}: no keys for ${hash}`, hidden)
    }
    const answer = await inProtest(async () => asked.secret(name, context))
    if (answer instanceof Error) assertSilent(answer, `${name}: no secret`, hidden)
  }
  await asked.idle()
  assertSilent([asked, store, options.verified], 'after', hidden)
  for (const event of events) assertSilent(event, `the log of ${event.kind}`, hidden)
  return events
}

test('a store in memory shows how many accounts it has, and what they are like', async () => {
  const store = await memoryStore(accounts)
  assertSilent([store, store.census()], 'the store', hidden)
  await store.put({ name: 'new', credentials: [PASSWORD] })
  await store.swap(accounts)
  assertSilent([store, store.census()], 'the store, changed', hidden)
  for (const wrong of [
    () => store.put({ name: SENTINEL.slice(0, 3), credentials: PASSWORD } as never),
    () => store.put({ name: '\u0007', credentials: [PASSWORD] }),
    () => store.swap([...accounts, ...accounts]),
    () => store.swap(PASSWORD as never),
    () => store.swap([PASSWORD] as never),
  ])
    assertSilent(await inProtest(wrong), 'what a store refuses', hidden)
})

test('a directory of cleartext passwords shows none of them', () => assertSilent(memory, 'the directory'))

describe('a directory over a store', () => {
  test('tells of what cannot be read, and does not quote it', async () => {
    const events = await everyQuestion(await memoryStore(accounts))
    assert.ok(events.some(({ kind, name }) => kind === 'unreadable-credential' && name === 'broken'))
  })

  test('remembers verified passwords without them', async () => {
    const verified = verifiedPasswords()
    await everyQuestion(await memoryStore(accounts), { verified })
    assert.ok(verified.size > 0)
    const failing = () => Promise.reject(new Error('the hash failed'))
    assertSilent(await inProtest(() => verified.check(['user', PASSWORD], PASSWORD, failing)), 'a check')
    assertSilent(verified, 'the cache', hidden)
  })

  const passwordHash = { scheme: 'pbkdf2-sha256', iterations: 4096 } as const
  const rehash = { passwordHash, iterations: 4096 }

  test('makes better credentials, and tells of their schemes alone', async () => {
    const events = await everyQuestion(await memoryStore(accounts), { rehash })
    assert.ok(events.some(({ kind }) => kind === 'rehashed'))
  })

  test('hands on what it has made without showing it', async () => {
    let handed: Rehash | undefined
    const onRehash = (made: Rehash) => {
      handed = made
      // What was found, and what stays of it, is as the store has it.
      assertSilent(made.made, 'what is made')
    }
    await everyQuestion(await memoryStore(accounts), { rehash: { ...rehash, onRehash } })
    assert.ok(handed)
  })

  test('says why better credentials were not kept', async () => {
    const full: MemoryStore = await memoryStore(accounts)
    const replace = () => Promise.reject(new AggregateError([new Error('the disk is full')], 'no'))
    const events = await everyQuestion({ ...full, replace }, { rehash })
    assert.ok(events.some(({ kind }) => kind === 'rehash-failed'))
  })

  test('says why they could not be made', async () => {
    const wrong = { passwordHash: { scheme: 'bcrypt', cost: 4, salt: new Uint8Array(1) } } as const
    const events = await everyQuestion(await memoryStore(accounts), { rehash: wrong })
    assert.ok(events.some(({ kind }) => kind === 'rehash-failed'))
  })
})

const fault = new Error('the store is down', { cause: new AggregateError([new Error('ECONNREFUSED')]) })
const [one, other] = accounts as [StoredAccount, StoredAccount]

const FAULTS: Readonly<Record<string, Store['find']>> = {
  throws: () => {
    throw fault
  },
  rejects: () => Promise.reject(fault),
  'answers with others': () => [one, other],
  'answers with two of that name': (name) => [
    { ...one, name },
    { ...other, name },
  ],
  'answers with texts': () => PASSWORD as never,
  'answers with rows that are none': () => [{ name: 1, credentials: PASSWORD }] as never,
  'answers without a list': () => ({ name: 'user', credentials: PASSWORD }) as never,
  'answers with what is no credential': (name) => ({
    name,
    credentials: [{ text: PASSWORD }, 1, null, [PASSWORD]] as never,
  }),
}

for (const [name, find] of Object.entries(FAULTS))
  test(`a store that ${name}`, async () => {
    await everyQuestion({ find })
  })
