/** What directory(store) makes of what accounts hold: several of a kind, broken ones, names, and each mechanism. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { inspect } from 'node:util'
import {
  makeStoredCredential,
  makeStoredCredentials,
  parseStoredCredential,
} from '../../src/credentials/index.js'
import { ClientExchange } from '../../src/exchange/client.js'
import { ServerExchange, type ServerReply } from '../../src/exchange/server.js'
import { cramMd5Client, cramMd5Server } from '../../src/mechanisms/cram-md5.js'
import { scramClient } from '../../src/mechanisms/scram/client.js'
import { scramServer } from '../../src/mechanisms/scram/server.js'
import type { Context } from '../../src/step.js'
import type {
  DirectoryOptions,
  Kept,
  Store,
  StoreDirectory,
  StoredAccount,
  StoreEvent,
} from '../../src/stores/index.js'
import { directory, memoryStore } from '../../src/stores/index.js'
import { converse } from '../../src/testing/mechanism/converse.js'
import { countPbkdf2 } from '../pbkdf2-calls.js'

const decoySecret = new Uint8Array(32).fill(1)
const context: Context = { connection: { secure: true } }

const scram = async (password: string) =>
  (await makeStoredCredential(password, { scheme: 'SCRAM-SHA-256', iterations: 4096 })).text
const pbkdf2 = async (password: string) =>
  (await makeStoredCredential(password, { scheme: 'pbkdf2-sha256', iterations: 1000 })).text
const clear = (password: string) => parseStoredCredential(password, { hint: 'cleartext' })

const holding = (...credentials: StoredAccount['credentials']): StoredAccount => ({
  name: 'user',
  credentials,
})

async function over(
  account: StoredAccount,
  options: Partial<DirectoryOptions> = {},
): Promise<{ from: StoreDirectory; events: readonly StoreEvent[] }> {
  const events: StoreEvent[] = []
  const store = await memoryStore([account], { parse: options.parse })
  return { from: directory(store, { decoySecret, log: (event) => events.push(event), ...options }), events }
}

const scramLogin = async (from: StoreDirectory, password: string, authcid = 'user'): Promise<ServerReply> => {
  const { server } = await converse({
    client: new ClientExchange(scramClient('SHA-256', { authcid, password })),
    server: new ServerExchange(scramServer('SHA-256', from, {})),
  })
  return server!
}
const cramLogin = async (from: StoreDirectory, password: string): Promise<ServerReply> => {
  const { server } = await converse({
    client: new ClientExchange(cramMd5Client({ authcid: 'user', password })),
    server: new ServerExchange(cramMd5Server(from)),
  })
  return server!
}
const how = (reply: ServerReply): string => (reply.kind === 'failure' ? reply.reason : reply.kind)

test('any of an account’s passwords will do for PLAIN, and the first for SCRAM and CRAM-MD5', async () => {
  const { from } = await over(
    holding(await scram('new'), await scram('old'), await pbkdf2('app'), clear('first'), clear('second')),
  )
  for (const password of ['new', 'old', 'app', 'first', 'second'])
    assert.deepEqual(await from.verifyPassword('user', password, context), { authcid: 'user' }, password)
  for (const password of ['other', 'New', ''])
    assert.equal(await from.verifyPassword('user', password, context), false, password)
  const asked: boolean[] = []
  const find: Store['find'] = (_, { connection }) => {
    asked.push(connection.secure)
    return holding(clear('first'))
  }
  const alone = directory({ find }, { decoySecret, typical: [] })
  assert.deepEqual(await alone.verifyPassword('user', 'first'), { authcid: 'user' })
  assert.deepEqual(asked, [false], 'of no connection')
  assert.equal(how(await scramLogin(from, 'new')), 'success')
  for (const password of ['old', 'app', 'first'])
    assert.equal(how(await scramLogin(from, password)), 'invalid-credentials', password)
  assert.equal(how(await cramLogin(from, 'first')), 'success')
  assert.equal(how(await cramLogin(from, 'second')), 'invalid-credentials')
})

test('of what was made of one password, one is checked: a hash that is there for that, if there is one', async () => {
  for (const [credentials, derivations] of [
    [
      [
        [await scram('a'), await scram('a')],
        [await pbkdf2('b'), clear('b')],
      ],
      2,
    ],
    [[[await scram('a'), await pbkdf2('a')]], 1],
    [[[clear('a'), await scram('a')]], 0],
  ] as const) {
    const { from } = await over(holding(...credentials))
    const made = await countPbkdf2('SHA-256', async () => {
      assert.equal(await from.verifyPassword('user', 'wrong', context), false)
    })
    assert.equal(made, derivations)
  }
  const { from } = await over(holding([await scram('scram'), await pbkdf2('hash')]))
  assert.deepEqual(await from.verifyPassword('user', 'hash', context), { authcid: 'user' })
  assert.equal(await from.verifyPassword('user', 'scram', context), false)
})

test('what makeStoredCredentials makes serves every mechanism but those that need the password itself', async () => {
  const made = await makeStoredCredentials('pencil', {
    iterations: 4096,
    passwordHash: { scheme: 'scrypt', N: 2 },
  })
  for (const credentials of [[made], [made.map(({ text }) => text)], made]) {
    const { from } = await over(holding(...credentials))
    assert.deepEqual(from.scramHashes, ['SHA-512', 'SHA-256', 'SHA-1'])
    assert.deepEqual(await from.verifyPassword('user', 'pencil', context), { authcid: 'user' })
    for (const hash of ['SHA-1', 'SHA-256', 'SHA-512'] as const)
      assert.equal((await from.scramCredentials('user', hash, context))?.iterations, 4096)
    assert.equal(await from.scramCredentials('user', 'SHA3-512', context), undefined)
    assert.equal(await from.secret('user', context), undefined)
  }
})

test('a cleartext password serves each mechanism as clients prepare it', async () => {
  const { from } = await over(holding(clear('pen\u00adcil')))
  for (const password of ['pencil', 'pen\u00adcil']) {
    assert.deepEqual(await from.verifyPassword('user', password, context), { authcid: 'user' })
    assert.equal(how(await scramLogin(from, password)), 'success')
    assert.equal(how(await cramLogin(from, password)), 'success')
  }
  const raw = (await over(holding('{PLAIN}pen\u00adcil'))).from
  assert.deepEqual(await raw.secret('user', context), {
    secret: 'pen\u00adcil',
    authcid: 'user',
    refused: undefined,
    fault: undefined,
  })
  const byPrecis = parseStoredCredential('①②③④', { hint: 'cleartext', preparation: 'precis' })
  const { from: precis } = await over(holding(byPrecis))
  assert.equal(((await precis.secret('user', context)) as { secret: string }).secret, '①②③④')
  assert.equal(await precis.verifyPassword('user', '1234', context), false)
  assert.equal(how(await scramLogin(precis, '1234')), 'invalid-credentials')
  // A password that SASLprep refuses is nobody's to prepare.
  const { from: odd } = await over(holding(clear('pen\u0007cil')))
  assert.equal(((await odd.secret('user', context)) as { secret: string }).secret, 'pen\u0007cil')
})

test('a CRAM-MD5 state serves as it is, and DIGEST-MD5’s HA1 checks passwords by name and realm', async () => {
  const state = await over(
    holding('{CRAM-MD5}9d59c8a2ff0f2cc42dd3e4c97b2d2f9d9d59c8a2ff0f2cc42dd3e4c97b2d2f9d'),
  )
  const secret = await state.from.secret('user', context)
  assert.ok(typeof secret === 'object' && 'hmacMd5State' in secret && secret.hmacMd5State.length === 32)
  // printf 'user:example.org:pencil' | md5sum
  const ha1 = '{DIGEST-MD5}' + '59d05624acb3d9cf8d4a2e7d8c152938'
  for (const [realm, verdict] of [
    ['example.org', { authcid: 'user' }],
    ['example.com', false],
  ] as const) {
    const { from } = await over({ ...holding(ha1), realm })
    assert.deepEqual(await from.verifyPassword('user', 'pencil', context), verdict, realm)
  }
})

test('a broken credential among others is temporary where nothing else proves the login, and told each time', async () => {
  for (const credentials of [
    ['{NOBODY}x', await scram('pencil'), clear('pencil')],
    [await scram('pencil'), clear('pencil'), '{NOBODY}x'],
  ]) {
    const { from, events } = await over(holding(...credentials))
    assert.deepEqual(await from.verifyPassword('user', 'pencil', context), { authcid: 'user' })
    assert.equal(how(await scramLogin(from, 'pencil')), 'success')
    assert.equal(how(await cramLogin(from, 'pencil')), 'success')
    assert.equal(events.length, 3)
    for (const event of events) {
      assert.ok(event.kind === 'unreadable-credential' && event.name === 'user')
      assert.match(String(event.cause), /^StoredCredentialError: an unknown scheme in braces$/)
    }
    await assert.rejects(async () => from.verifyPassword('user', 'eraser', context), /unknown scheme/)
    for (const login of [scramLogin, cramLogin]) {
      const reply = await login(from, 'eraser')
      assert.equal(how(reply), 'temporary')
      assert.match(String(reply.kind === 'failure' && reply.cause), /unknown scheme/)
    }
  }
})

test('a broken credential beside others of the same password takes nothing from them', async () => {
  const { from } = await over(holding(['$argon2id$broken', await pbkdf2('pencil'), await scram('pencil')]))
  assert.equal(await from.verifyPassword('user', 'eraser', context), false)
  assert.equal(how(await scramLogin(from, 'eraser')), 'invalid-credentials')
  assert.equal(how(await scramLogin(from, 'pencil')), 'success')
  const alone = (await over(holding(['$argon2id$broken', await pbkdf2('pencil')]))).from
  assert.equal(how(await scramLogin(alone, 'pencil')), 'temporary', 'the broken one may be its keys')
})

test('an account may be disabled and broken at once: neither is told without proof', async () => {
  const { from } = await over({ ...holding('{NOBODY}x', await scram('pencil')), refused: 'account-disabled' })
  assert.deepEqual(await from.verifyPassword('user', 'pencil', context), { refused: 'account-disabled' })
  await assert.rejects(async () => from.verifyPassword('user', 'eraser', context), /unknown scheme/)
})

test('SQL’s null is nothing', async () => {
  const { from } = await over({ ...holding(clear('pencil')), refused: null, realm: null })
  assert.deepEqual(await from.verifyPassword('user', 'pencil', context), { authcid: 'user' })
  assert.equal(how(await cramLogin(from, 'pencil')), 'success')
})

test('what is no store is told so', () => {
  for (const none of [undefined, null, {}, memoryStore([]), () => undefined])
    assert.throws(
      () => directory(none as never, { decoySecret }),
      /^TypeError: store: an object with find\(\)/,
    )
})

test('texts are read as the store says, or whoever makes the directory', async () => {
  const account = holding('pencil' as Kept)
  const hint = { hint: 'cleartext' } as const
  const store: Store = { find: () => account, parse: hint }
  assert.deepEqual(
    await directory(store, { decoySecret, typical: [] }).verifyPassword('user', 'pencil', context),
    {
      authcid: 'user',
    },
  )
  const plain: Store = { find: () => account }
  await assert.rejects(async () =>
    directory(plain, { decoySecret, typical: [] }).verifyPassword('user', 'pencil', context),
  )
  assert.deepEqual(
    await directory(plain, { decoySecret, typical: [], parse: hint }).verifyPassword(
      'user',
      'pencil',
      context,
    ),
    { authcid: 'user' },
  )
  const heavy = directory(plain, { decoySecret, typical: [], parse: { ...hint, limits: { textLength: 5 } } })
  await assert.rejects(async () => heavy.verifyPassword('user', 'pencil', context), /more than 5 characters/)
})

test('a signal ends the work, and the store is given it', async () => {
  const abort = new AbortController()
  let given: AbortSignal | undefined
  const store: Store = {
    find(_, { signal }) {
      given = signal
      return holding(clear('x'))
    },
  }
  const told: StoreEvent[] = []
  const from = directory(store, { decoySecret, typical: [], log: (event) => told.push(event) })
  abort.abort(new Error('enough'))
  await assert.rejects(
    async () => from.verifyPassword('user', 'x', { ...context, signal: abort.signal }),
    /enough/,
  )
  assert.equal(given, abort.signal)
  assert.deepEqual(told, [], 'the credential is none the worse')
})

test('SCRAM keys that are stored come before such as are made of cleartext', async () => {
  const stored = await makeStoredCredential('x', { scheme: 'SCRAM-SHA-256', iterations: 10_000 })
  for (const credentials of [[clear('x'), stored], [[clear('x'), stored]]]) {
    const { from } = await over(holding(...credentials))
    assert.equal((await from.scramCredentials('user', 'SHA-256', context))?.iterations, 10_000)
    assert.equal((await from.scramCredentials('user', 'SHA-1', context))?.iterations, 4096)
  }
})

test('nothing that can be printed of a directory or a store tells a secret', async () => {
  const store = await memoryStore([{ name: 'user', credentials: [clear('Sentinel')] }])
  const from = directory(store, { decoySecret })
  for (const shown of [from, store])
    assert.ok(!inspect(shown, { depth: 12, showHidden: true, getters: true }).includes('Sentinel'))
})
