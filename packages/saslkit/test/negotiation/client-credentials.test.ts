import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Connection } from '../../src/connection.js'
import { memoryDirectory } from '../../src/credentials/memory-directory.js'
import { SaslError } from '../../src/errors.js'
import type { ClientExchange } from '../../src/exchange/client.js'
import type { ScramClientKeys } from '../../src/mechanisms/scram/keys.js'
import { saslClient } from '../../src/negotiation/client.js'
import type { ClientCredentials } from '../../src/negotiation/client-table.js'
import { saslServer } from '../../src/negotiation/server.js'
import { type Octets, utf8 } from '../../src/octets.js'
import { converse } from '../../src/testing/mechanism/converse.js'
import { countPbkdf2 } from '../pbkdf2-calls.js'

const tls: Connection = { secure: true }
const unbound: Connection = { secure: true }
const password: ClientCredentials = { authcid: 'user', password: 'pencil' }

test('credentials that are functions are called when they are needed, once, and with how it went before', async () => {
  const calls: unknown[][] = []
  const client = saslClient({
    authcid: 'user',
    password: (...given) => {
      calls.push(given)
      return 'pencil'
    },
    external: true,
  })
  const { signal } = new AbortController()
  const previous = new SaslError('invalid-credentials', 'no')

  client.consider(['PLAIN'], tls)
  const external = client.select(['EXTERNAL'], tls)
  await external.start()
  const scram = client.select(['SCRAM-SHA-256'], tls, { signal, previous })
  await scram.start()
  assert.deepEqual(calls, [], 'asked before it was needed')

  const plain = client.select(['PLAIN'], tls, { signal, previous })
  await plain.start()
  assert.deepEqual(calls, [[previous, signal]])
  await client.select(['PLAIN'], tls).start()
  assert.deepEqual(calls.slice(1), [[undefined, undefined]])
})

test('a token is asked for anew after the server refused one, and only a function can give another', async () => {
  const given: unknown[] = []
  const client = saslClient({
    token: async (previous) => {
      given.push(previous?.reason)
      return previous ? 'new' : 'old'
    },
  })
  const connection = { secure: true }
  const server = saslServer({
    directory: {
      verifyToken: (token) => (token === 'new' ? { authcid: 'user' } : { status: 'invalid_token' }),
    },
  })
  const attempt = async (previous?: SaslError) => {
    const exchange = client.select(server.offer(connection), connection, { previous })
    return converse({ client: exchange, server: server.begin(exchange.mechanism, connection) })
  }
  const first = await attempt()
  assert.ok(first.clientError instanceof SaslError)
  assert.equal(client.retriable('OAUTHBEARER'), true)
  assert.equal((await attempt(first.clientError)).clientError, undefined)
  assert.deepEqual(given, [undefined, 'invalid-credentials'])
  assert.equal(saslClient({ token: 'old' }).retriable('OAUTHBEARER'), false)
  for (const name of ['PLAIN', '__proto__', 'SCRAM-SHA-256']) assert.equal(client.retriable(name), false)
})

const directory = await memoryDirectory([{ authcid: 'user', password: 'pencil' }], { iterations: 4096 })
const server = saslServer({ directory, decoySecret: utf8('sixteen octets at least') })

const login = (client: ClientExchange) =>
  converse({ client, server: server.begin(client.mechanism, unbound) })

test('kept keys spare the password and its stretching, and are not trusted after a refusal', async () => {
  const keyCache = new Map<string, ScramClientKeys>()
  let asked = 0
  const client = saslClient(
    {
      authcid: 'user',
      password: () => {
        asked++
        return 'pencil'
      },
    },
    { keyCache },
  )
  const attempt = (previous?: SaslError) =>
    login(client.select(['SCRAM-SHA-256'], unbound, previous && { previous }))
  const derivations = (work: () => Promise<unknown>) =>
    countPbkdf2('SHA-256', async () => {
      await work()
    })

  assert.equal(await derivations(() => attempt()), 1)
  assert.equal(keyCache.size, 1)
  assert.equal(await derivations(async () => assert.equal((await attempt()).clientError, undefined)), 0)
  assert.equal(asked, 1)
  assert.equal(await derivations(() => attempt(new SaslError('invalid-credentials', 'no'))), 1)
  assert.equal(asked, 2)
  assert.ok(![...keyCache.keys(), JSON.stringify([...keyCache])].some((kept) => kept.includes('pencil')))
})

test('keys are kept only once the server has proved that it knows them too', async () => {
  const keyCache = new Map<string, ScramClientKeys>()
  for (const wrong of ['pencils', 'Pencil']) {
    const { clientError } = await login(
      saslClient({ authcid: 'user', password: wrong }, { keyCache }).select(['SCRAM-SHA-256'], unbound),
    )
    assert.ok(clientError instanceof SaslError)
  }
  assert.equal(keyCache.size, 0)
})

test('keys that are kept serve whoever gives the same password, and nobody else', async () => {
  const keyCache = new Map<string, ScramClientKeys>()
  const attempt = (given: string | Octets) =>
    login(saslClient({ authcid: 'user', password: given }, { keyCache }).select(['SCRAM-SHA-256'], unbound))
  assert.equal((await attempt('pencil')).clientError, undefined)
  const { clientError, server: reply } = await attempt('eraser')
  assert.ok(clientError instanceof SaslError)
  assert.ok(reply?.kind === 'failure' && reply.reason === 'invalid-credentials')
  const again = await countPbkdf2('SHA-256', async () => {
    assert.equal((await attempt('pencil')).clientError, undefined)
    assert.equal((await attempt(utf8('pencil'))).clientError, undefined)
  })
  assert.equal(again, 0)
})

test('a password in octets may be wiped once its keys are kept', async () => {
  const octets = utf8('pencil')
  const client = saslClient({ authcid: 'user', password: octets }, { keyCache: new Map() })
  assert.equal((await login(client.select(['SCRAM-SHA-256'], unbound))).clientError, undefined)
  octets.fill(0)
  assert.equal((await login(client.select(['SCRAM-SHA-256'], unbound))).clientError, undefined)
})

test('keys of a password that is asked for serve the server that they were made for', async () => {
  const asked: string[] = []
  const keyCache = new Map<string, ScramClientKeys>()
  const attempt = (host: string) => {
    const obtain = () => {
      asked.push(host)
      return 'pencil'
    }
    const client = saslClient({ authcid: 'user', password: obtain }, { keyCache })
    return login(client.select(['SCRAM-SHA-256'], { ...unbound, host }))
  }
  for (const host of ['one.example', 'two.example', 'one.example'])
    assert.equal((await attempt(host)).clientError, undefined)
  assert.deepEqual(asked, ['one.example', 'two.example'])
})

test('keys are kept for the account that logged in, whatever has become of the credentials since', async () => {
  const keyCache = new Map<string, ScramClientKeys>()
  const credentials = { authcid: 'user', password: 'pencil' }
  const exchange = saslClient(credentials, { keyCache }).select(['SCRAM-SHA-256'], unbound)
  credentials.authcid = 'boss'
  await login(exchange)
  assert.ok([...keyCache.keys()].every((id) => id.endsWith(' user')))
})

test('keys that have become wrong fail, and a fresh start repairs them', async () => {
  const keyCache = new Map<string, ScramClientKeys>()
  const client = saslClient(password, { keyCache })
  await login(client.select(['SCRAM-SHA-256'], unbound))
  const [[id] = []] = keyCache
  keyCache.set(id!, { clientKey: new Uint8Array(32), serverKey: new Uint8Array(32) })
  const { clientError } = await login(client.select(['SCRAM-SHA-256'], unbound))
  assert.ok(clientError instanceof SaslError && clientError.reason === 'invalid-credentials')
  const previous = clientError
  assert.equal((await login(client.select(['SCRAM-SHA-256'], unbound, { previous }))).clientError, undefined)
  assert.equal((await login(client.select(['SCRAM-SHA-256'], unbound))).clientError, undefined)
})

test('a client may serve many connections at once', async () => {
  const client = saslClient(password)
  const ends = await Promise.all(
    Array.from({ length: 16 }, () => login(client.select(['SCRAM-SHA-256'], unbound))),
  )
  assert.ok(ends.every(({ clientError }) => clientError === undefined))
})
