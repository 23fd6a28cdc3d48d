/** What a store hands back that no account has: `temporary`, never a verdict, never success. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { makeScramCredentials } from '../../src/credentials/make-scram-credentials.js'
import { memoryDirectory } from '../../src/credentials/memory-directory.js'
import { hmacMd5State } from '../../src/crypto/hmac-md5-state.js'
import type { Directory, DirectoryWith, ScramHash } from '../../src/directory.js'
import { ClientExchange } from '../../src/exchange/client.js'
import { ServerExchange, type ServerReply } from '../../src/exchange/server.js'
import { cramMd5Client, cramMd5Server } from '../../src/mechanisms/cram-md5.js'
import { loginClient, loginServer } from '../../src/mechanisms/login.js'
import { oauthBearerClient, oauthBearerServer } from '../../src/mechanisms/oauthbearer.js'
import { plainClient, plainServer } from '../../src/mechanisms/plain.js'
import { scramClient } from '../../src/mechanisms/scram/client.js'
import { scramServer } from '../../src/mechanisms/scram/server.js'
import { xoauth2Client, xoauth2Server } from '../../src/mechanisms/xoauth2.js'
import { saslClient } from '../../src/negotiation/client.js'
import { saslServer } from '../../src/negotiation/server.js'
import { utf8 } from '../../src/octets.js'
import type { ClientMechanism, ServerMechanism } from '../../src/step.js'
import { converse } from '../../src/testing/mechanism/converse.js'

const connection = { secure: true }
const credentials = { authcid: 'user', password: 'pencil' }
const decoySecret = utf8('sixteen octets at least')
const row = await makeScramCredentials('SHA-256', 'pencil', { iterations: 4096 })

async function run(client: ClientMechanism, server: ServerMechanism): Promise<ServerReply> {
  const { server: reply } = await converse({
    client: new ClientExchange(client, { connection }),
    server: new ServerExchange(server, { connection }),
  })
  return reply!
}

/** A directory whose every answer is this, at once or later. */
const answering = (answer: unknown, later: boolean): DirectoryWith<keyof Directory> =>
  new Proxy({} as DirectoryWith<keyof Directory>, {
    get: () => () => (later ? Promise.resolve(answer) : answer),
  })

async function ends(
  client: ClientMechanism,
  server: (directory: DirectoryWith<keyof Directory>) => ServerMechanism,
  answer: unknown,
  expected: string,
): Promise<void> {
  for (const later of [false, true]) {
    const reply = await run(client, server(answering(answer, later)))
    const end = reply.kind === 'failure' ? reply.reason : reply.kind
    assert.equal(
      end,
      expected,
      `${client.name}: ${Object.prototype.toString.call(answer)} ${JSON.stringify(answer)}`,
    )
    if (expected === 'temporary')
      assert.ok(reply.kind === 'failure' && reply.cause instanceof Error, 'no cause for the log')
  }
}

const scram = (directory: DirectoryWith<keyof Directory>) =>
  scramServer('SHA-256', directory, { decoySecret })

test('SCRAM rows that are not whole are temporary', async () => {
  const client = scramClient('SHA-256', credentials)
  for (const broken of [
    { salt: new Uint8Array(0) },
    { salt: new Uint8Array(1025) },
    { salt: 'c2FsdA==' },
    { salt: undefined },
    { salt: null },
    { salt: [1, 2, 3] },
    { iterations: 0 },
    { iterations: -1 },
    { iterations: 1.5 },
    { iterations: Number.NaN },
    { iterations: Number.POSITIVE_INFINITY },
    { iterations: 2 ** 53 },
    { iterations: '4096' },
    { iterations: undefined },
    { storedKey: new Uint8Array(0) },
    { storedKey: row.storedKey.slice(1) },
    { storedKey: new Uint8Array(33) },
    { storedKey: 'x'.repeat(32) },
    { storedKey: null },
    { serverKey: new Uint8Array(31) },
    { serverKey: undefined },
    { authcid: '' },
    { authcid: 7 },
    { refused: 'yes' },
    { refused: true },
  ])
    await ends(client, scram, { ...row, ...broken }, 'temporary')
  for (const broken of [0, 1, '', 'yes', true, false, [], {}, Symbol('row')])
    await ends(client, scram, broken, 'temporary')
})

test('SCRAM rows with more than is needed are whole', async () => {
  const client = scramClient('SHA-256', credentials)
  for (const more of [
    { then: 'a column' },
    { id: 7 },
    { refused: undefined },
    { refused: null },
    { authcid: null },
  ])
    await ends(client, scram, { ...row, ...more }, 'success')
  const stored = Object.fromEntries(
    Object.entries(row).map(([name, value]) => [
      name,
      typeof value === 'number' ? value : Buffer.from(value),
    ]),
  )
  await ends(client, scram, stored, 'success')
})

test('an account’s canonical name is the identity, whatever was typed', async () => {
  for (const [client, server, answer] of [
    [scramClient('SHA-256', credentials), scram, { ...row, authcid: 'User' }],
    [plainClient(credentials), plainServer, { authcid: 'User' }],
    [loginClient(credentials), loginServer, { authcid: 'User' }],
    [cramMd5Client(credentials), cramMd5Server, { secret: 'pencil', authcid: 'User' }],
    [oauthBearerClient({ token: 'token' }), oauthBearerServer, { authcid: 'User' }],
  ] as const) {
    const reply = await run(client, server(answering(answer, true)))
    assert.equal(reply.kind === 'success' && reply.identity.authcid, 'User', client.name)
  }
})

const VERDICTS: readonly unknown[] = [
  0,
  1,
  '',
  'yes',
  'user',
  {},
  [],
  [true],
  { authcid: '' },
  { authcid: 7 },
  { authcid: null },
  { authcid: { toString: () => 'user' } },
  { refused: 'yes' },
  { refused: true, authcid: 'user' },
  { ok: true },
  Symbol('yes'),
  new Date(0),
]

test('what is no verdict on a password is temporary', async () => {
  for (const verdict of VERDICTS) {
    await ends(plainClient(credentials), plainServer, verdict, 'temporary')
    await ends(loginClient(credentials), loginServer, verdict, 'temporary')
  }
})

test('what is no verdict on a token is temporary', async () => {
  for (const verdict of [...VERDICTS, true, false, null, undefined]) {
    await ends(oauthBearerClient({ token: 'token' }), oauthBearerServer, verdict, 'temporary')
    await ends(xoauth2Client({ authcid: 'user', token: 'token' }), xoauth2Server, verdict, 'temporary')
  }
})

test('a refusal ends in its own reason, for each mechanism', async () => {
  for (const refused of ['account-disabled', 'credentials-expired', 'not-authorized'] as const) {
    await ends(plainClient(credentials), plainServer, { refused }, refused)
    await ends(loginClient(credentials), loginServer, { refused, authcid: 'user' }, refused)
    await ends(oauthBearerClient({ token: 'token' }), oauthBearerServer, { refused }, refused)
    await ends(cramMd5Client(credentials), cramMd5Server, { secret: 'pencil', refused }, refused)
    await ends(scramClient('SHA-256', credentials), scram, { ...row, refused }, refused)
  }
})

test('secrets that are none are temporary', async () => {
  const client = cramMd5Client(credentials)
  for (const broken of [
    '',
    0,
    true,
    false,
    {},
    [],
    { secret: '' },
    { secret: 7 },
    { secret: null },
    { secret: new Uint8Array(0) },
    { secret: [1, 2, 3] },
    { hmacMd5State: new Uint8Array(31) },
    { hmacMd5State: 'x'.repeat(32) },
    { hmacMd5State: null },
    { secret: 'pencil', authcid: '' },
    { secret: 'pencil', authcid: 7 },
    { secret: 'pencil', refused: 'yes' },
  ])
    await ends(client, cramMd5Server, broken, 'temporary')
  for (const whole of ['pencil', { secret: utf8('pencil') }, { hmacMd5State: hmacMd5State(utf8('pencil')) }])
    await ends(client, cramMd5Server, whole, 'success')
  for (const nobody of [null, undefined]) await ends(client, cramMd5Server, nobody, 'invalid-credentials')
})

/** Names that objects have anyway. */
const PROTOTYPES = ['__proto__', 'constructor', 'prototype', 'toString', 'hasOwnProperty', 'valueOf', 'then']

test('names that objects have anyway are names like any other', async () => {
  const hashes: readonly ScramHash[] = ['SHA-256']
  const known = await memoryDirectory(
    PROTOTYPES.map((authcid) => ({ authcid, password: 'pencil' })),
    { hashes, iterations: 4096 },
  )
  const unknown = await memoryDirectory([credentials], { hashes, iterations: 4096 })
  for (const [directory, end] of [
    [known, 'success'],
    [unknown, 'failure'],
  ] as const)
    for (const name of ['PLAIN', 'LOGIN', 'CRAM-MD5', 'SCRAM-SHA-256'] as const) {
      const server = saslServer({ directory, decoySecret, policy: { mechanisms: [name] } })
      for (const authcid of PROTOTYPES) {
        const client = saslClient({ authcid, password: 'pencil' }, { mechanisms: [name] }).select(
          [name],
          connection,
        )
        const { server: reply } = await converse({ client, server: server.begin(name, connection) })
        assert.equal(reply?.kind, end, `${name} ${authcid}`)
        if (reply?.kind === 'success') assert.equal(reply.identity.authcid, authcid)
        else assert.equal(reply?.kind === 'failure' && reply.reason, 'invalid-credentials')
      }
    }
})
