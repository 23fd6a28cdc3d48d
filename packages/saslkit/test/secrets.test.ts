/** No secret in anything that an application may print: errors, exchanges, steps, mechanisms, clients and servers. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { inspect } from 'node:util'
import type { Connection } from '../src/connection.js'
import { memoryDirectory } from '../src/credentials/memory-directory.js'
import { SaslError } from '../src/errors.js'
import type { ServerReply } from '../src/exchange/server.js'
import { saslClient } from '../src/negotiation/client.js'
import { CLIENT_MECHANISMS, type ClientCredentials } from '../src/negotiation/client-table.js'
import { NoMechanism } from '../src/negotiation/no-mechanism.js'
import { saslServer } from '../src/negotiation/server.js'
import { SERVER_MECHANISMS } from '../src/negotiation/server-table.js'
import { base64, hex, type Octets, utf8 } from '../src/octets.js'
import { converse, type Wire } from '../src/testing/mechanism/converse.js'

const SENTINEL = 'Sentinel-4f1d'
const PASSWORD = `${SENTINEL}/password`
const WRONG = `${SENTINEL}/wrong`
const TOKEN = `${SENTINEL}.token`
const EVIL = `${SENTINEL}.evil`

/** Every way in which it might show: at each of three offsets base64 looks different. */
const FORMS: readonly string[] = [SENTINEL, SENTINEL.toLowerCase()].flatMap((sentinel) => [
  sentinel,
  encodeURIComponent(sentinel),
  hex(utf8(sentinel)),
  hex(utf8(sentinel)).toUpperCase(),
  [...utf8(sentinel)].join(','),
  [...utf8(sentinel)].map((octet) => octet.toString(16)).join(''),
  ...[0, 1, 2].map((offset) => {
    const encoded = base64(utf8('x'.repeat(offset) + sentinel))
    return encoded.slice(offset ? 4 : 0, -4)
  }),
])

function assertSilent(shown: unknown, where: string): void {
  for (const printed of [...printings(shown)].map(plainly))
    for (const form of FORMS)
      assert.ok(!printed.includes(form), `${where} shows ${form}: ${printed.slice(0, 400)}`)
}

/** Without line breaks and spaces, nor the indices that JSON gives to octets. */
const plainly = (printed: string): string => printed.replace(/"\d+":/g, '').replace(/\s+/g, '')

function* printings(value: unknown): Generator<string> {
  yield inspect(value, { depth: 12, showHidden: true, getters: true })
  yield inspect(value)
  yield String(Object.prototype.toString.call(value))
  yield JSON.stringify(value) ?? ''
  if (value instanceof Error) {
    yield value.message
    yield value.stack ?? ''
    yield String(value)
    yield inspect(value.cause, { depth: 12, showHidden: true })
    if (value.cause instanceof Error) yield* printings(value.cause)
  }
}

const connection: Connection = {
  secure: true,
  tlsVersion: 'TLSv1.3',
  channelBindings: [{ type: 'tls-exporter', data: new Uint8Array(32) }],
  externalIdentity: 'user',
}
const decoySecret = new Uint8Array(32)
const hashes = ['SHA-1', 'SHA-224', 'SHA-256', 'SHA-384', 'SHA-512', 'SHA3-512'] as const
const memory = await memoryDirectory([{ authcid: 'user', password: PASSWORD }], { hashes, iterations: 4096 })
const directory = {
  ...memory,
  verifyToken: (token: string) => (token === TOKEN ? { authcid: 'user' } : { status: 'invalid_token' }),
}

const good: ClientCredentials = {
  authcid: 'user',
  password: PASSWORD,
  token: TOKEN,
  external: true,
  anonymous: true,
}
const ALTERED: readonly (readonly [name: string, wire: Wire])[] = [
  ['as it is', ({ octets }) => octets],
  ...[0, 1, 2, 3, 4].flatMap((place): (readonly [string, Wire])[] => [
    [`message ${place} cut`, ({ octets }, at) => (at === place ? octets?.slice(0, -1) : octets)],
    [
      `message ${place} nonsense`,
      ({ octets }, at) => (at === place ? new Uint8Array(40).fill(0xff) : octets),
    ],
    [`message ${place} too long`, ({ octets }, at) => (at === place ? new Uint8Array(20_000) : octets)],
  ]),
]
const UNALTERED = ALTERED.slice(0, 1)

for (const name of CLIENT_MECHANISMS)
  test(`${name}: no secret is in anything that can be printed, however it ends`, async () => {
    assert.ok(SERVER_MECHANISMS.includes(name))
    const mechanisms = [name]
    const server = saslServer({ directory, decoySecret, policy: { mechanisms } })
    const broken = saslServer({
      directory: new Proxy(directory, {
        get: (target, key) =>
          key === 'scramHashes'
            ? target.scramHashes
            : () => {
                throw new Error('the store is down')
              },
      }),
      decoySecret,
      policy: { mechanisms },
    })
    assertSilent(server, 'the server')
    for (const credentials of [
      good,
      { ...good, password: WRONG, token: EVIL },
      { ...good, password: utf8(PASSWORD) },
      { ...good, authcid: 'nobody' },
      { ...good, password: () => PASSWORD, token: async () => TOKEN },
    ]) {
      const client = saslClient(credentials, { mechanisms })
      assertSilent(client, 'the client')
      assertSilent(client.consider([name], connection), 'what the client considered')
      for (const side of [server, broken])
        for (const [alteration, wire] of credentials === good && side === server ? ALTERED : UNALTERED) {
          const exchanges = {
            client: client.select([name], connection, { initialResponse: alteration.length % 2 === 0 }),
            server: side.begin(name, connection, { additionalData: 'as-challenge' }),
          }
          const step = exchanges.server.step.bind(exchanges.server)
          exchanges.server.step = async (response?: Octets): Promise<ServerReply> => {
            const reply = await step(response)
            assertSilent(reply, `${alteration}: the server's reply`)
            assertSilent(exchanges, `${alteration}: the exchanges, in their midst`)
            return reply
          }
          const { clientError } = await converse(exchanges, wire)
          assertSilent(clientError, `${alteration}: the client's error`)
          assertSilent(exchanges, `${alteration}: the exchanges, over`)
        }
    }
  })

test('the search finds what it searches for, in each form', () => {
  for (const leak of [
    new Error(`no such password: ${PASSWORD}`),
    new SaslError('malformed', 'no', { cause: new Error(TOKEN) }),
    { message: utf8(`\0user\0${PASSWORD}`) },
    { message: base64(utf8(`\0user\0${PASSWORD}`)) },
    { message: base64(utf8(`user=user\x01auth=Bearer ${TOKEN}\x01\x01`)) },
    { message: hex(utf8(PASSWORD)) },
    { nested: [new Map([['password', PASSWORD]])] },
    `https://example.com/?token=${encodeURIComponent(TOKEN)}`,
  ])
    assert.throws(() => assertSilent(leak, 'a leak'), assert.AssertionError)
})

test('the mechanism that nobody found says nothing of the credentials', () => {
  for (const offered of [[], ['NTLM'], ['PLAIN']])
    assert.throws(
      () => saslClient(good, { minimum: 'bound' }).select(offered, { secure: false }),
      (error) => {
        assert.ok(error instanceof NoMechanism)
        assertSilent(error, 'NoMechanism')
        return true
      },
    )
})

/** What is wrong with each, and yet must not be shown. */
const UNUSABLE: readonly string[] = [
  `${SENTINEL}\0`,
  `${SENTINEL}\ud800`,
  `${SENTINEL}\u0007`,
  `${SENTINEL}\u0221`,
  `${SENTINEL}\u05d0`,
  `${SENTINEL} token"`,
]

test('what is wrong with a password or a token is said without it', async () => {
  for (const secret of UNUSABLE)
    for (const name of ['PLAIN', 'LOGIN', 'CRAM-MD5', 'SCRAM-SHA-256', 'OAUTHBEARER', 'XOAUTH2']) {
      const client = saslClient({ authcid: 'user', password: secret, token: secret }, { mechanisms: [name] })
      const exchange = client.select([name], connection)
      const server = saslServer({ directory, decoySecret, policy: { mechanisms: [name] } }).begin(
        name,
        connection,
      )
      const { clientError, server: reply } = await converse({ client: exchange, server })
      assertSilent(clientError, name)
      assertSilent(reply, name)
      if (clientError !== undefined)
        assert.ok(
          clientError instanceof SaslError ||
            clientError instanceof TypeError ||
            clientError instanceof RangeError,
          String(clientError),
        )
    }
})

test('an error that a directory throws is for the log, and nothing is added to it', async () => {
  const fault = new Error('the store is down')
  const server = saslServer({
    directory: {
      verifyPassword() {
        throw fault
      },
    },
  })
  const reply = await server.begin('PLAIN', connection).step(utf8(`\0user\0${PASSWORD}`))
  assert.ok(reply.kind === 'failure' && reply.reason === 'temporary')
  assert.ok(reply.cause instanceof SaslError && reply.cause.cause === fault)
  assertSilent(reply, 'the reply')
})

test('a directory in memory shows none of its passwords', () => {
  assertSilent(memory, 'the directory')
})
