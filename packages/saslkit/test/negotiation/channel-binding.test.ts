/**
 * Channel binding: what the client can bind by, what the server has and says, what somebody in between made of that, and
 * what the policy asks for. RFC 5802 section 6, XEP-0440, XEP-0474.
 */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { ChannelBinding, ChannelBindingType, Connection, Offered } from '../../src/connection.js'
import { memoryDirectory } from '../../src/credentials/memory-directory.js'
import { SaslError } from '../../src/errors.js'
import { ClientExchange } from '../../src/exchange/client.js'
import type { ChannelBindingPolicy } from '../../src/mechanisms/scram/binding.js'
import { scramClient } from '../../src/mechanisms/scram/client.js'
import { saslClient } from '../../src/negotiation/client.js'
import { NoMechanism } from '../../src/negotiation/no-mechanism.js'
import { type ServerPolicy, saslServer } from '../../src/negotiation/server.js'
import { text, utf8 } from '../../src/octets.js'
import { converse } from '../../src/testing/mechanism/converse.js'

const binding = (type: ChannelBindingType): ChannelBinding => ({ type, data: utf8(`data of ${type}`) })

/** TLS 1.3 has no tls-unique. */
const SERVER: Connection = {
  secure: true,
  tlsVersion: 'TLSv1.3',
  channelBindings: [binding('tls-exporter'), binding('tls-server-end-point')],
}
const SERVER_TYPES = ['tls-exporter', 'tls-server-end-point']

const directory = await memoryDirectory([{ authcid: 'user', password: 'pencil' }], { iterations: 4096 })
const options = { directory, decoySecret: utf8('sixteen octets at least') }
const policy: ServerPolicy = { mechanisms: ['SCRAM-SHA-256-PLUS', 'SCRAM-SHA-256'] }
const server = saslServer({ ...options, policy })
const vouching = saslServer({ ...options, policy, vouchForOffered: true })
const keyCache = new Map()

type Ability = 'none' | ChannelBindingType

/** Somebody in between takes -PLUS off the list, puts a type of binding there that nobody has, or does both. */
type Change = 'as sent' | 'stripped' | 'types changed' | 'both'

function changed(sent: Offered, change: Change): Offered {
  const stripped = change === 'stripped' || change === 'both'
  const types = change === 'types changed' || change === 'both' ? ['tls-made-up'] : sent.channelBindings
  return {
    mechanisms: sent.mechanisms.filter((name) => !stripped || !name.endsWith('-PLUS')),
    ...(types && { channelBindings: types }),
  }
}

/**
 * - `n`, `y`: in, unbound, under this flag.  - `bound`: in, bound.
 * - `none`: the client finds no mechanism.  - `client`: the client breaks off before its proof.
 * - `server`: the server refuses, and says that it does support channel binding, or lacks this type.
 */
type End = 'n' | 'y' | 'bound' | 'none' | 'client' | 'server'

async function login(
  ability: Ability,
  advertised: boolean,
  change: Change,
  channelBinding: ChannelBindingPolicy,
  by = server,
): Promise<End> {
  const connection: Connection = {
    secure: true,
    tlsVersion: 'TLSv1.3',
    channelBindings: ability === 'none' ? [] : [binding(ability)],
  }
  const sent: Offered = {
    mechanisms: by.offer(SERVER),
    ...(advertised && { channelBindings: SERVER_TYPES }),
  }
  const client = saslClient({ authcid: 'user', password: 'pencil' }, { channelBinding, keyCache })
  let exchange: ClientExchange
  try {
    exchange = client.select(changed(sent, change), connection)
  } catch (error) {
    assert.ok(error instanceof NoMechanism)
    return 'none'
  }
  const {
    messages,
    server: reply,
    clientError,
  } = await converse({
    client: exchange,
    server: by.begin(exchange.mechanism, SERVER, { offered: sent }),
  })
  const [flag] = /^(?:[ny]|p=[^,]+)/.exec(text(messages[0]!.octets!))!
  if (reply?.kind === 'failure') {
    assert.match(
      text(reply.additionalData!),
      /^e=(server-does-support-channel-binding|unsupported-channel-binding-type)$/,
    )
    return 'server'
  }
  if (clientError !== undefined) {
    assert.ok(clientError instanceof SaslError && clientError.reason === 'server-not-authenticated')
    assert.equal(messages.length, 2, 'the proof had left')
    return 'client'
  }
  assert.equal(reply?.kind, 'success')
  if (flag === 'n' || flag === 'y') {
    assert.equal(exchange.mechanism, 'SCRAM-SHA-256')
    assert.notEqual(channelBinding, 'require')
    return flag
  }
  assert.equal(exchange.mechanism, 'SCRAM-SHA-256-PLUS')
  assert.equal(flag, `p=${ability}`)
  assert.ok(SERVER_TYPES.includes(ability))
  return 'bound'
}

/**
 * Of each row the ends under disable, prefer and require. Whoever can bind notices that -PLUS was taken off the list; who
 * has no type in common with the server, or is made to believe so, has the list vouched for, and this server does not
 * vouch. Where types are not advertised, a client tries the first it has.
 */
const EXPECTED: readonly (readonly [Ability, 'advertised' | 'unsaid', Change, End, End, End])[] = [
  ['none', 'unsaid', 'as sent', 'n', 'n', 'none'],
  ['none', 'unsaid', 'stripped', 'n', 'server', 'none'],
  ['none', 'unsaid', 'types changed', 'n', 'n', 'none'],
  ['none', 'unsaid', 'both', 'n', 'server', 'none'],
  ['none', 'advertised', 'as sent', 'n', 'n', 'none'],
  ['none', 'advertised', 'stripped', 'n', 'server', 'none'],
  ['none', 'advertised', 'types changed', 'n', 'n', 'none'],
  ['none', 'advertised', 'both', 'n', 'server', 'none'],

  ['tls-unique', 'unsaid', 'as sent', 'n', 'server', 'server'],
  ['tls-unique', 'unsaid', 'stripped', 'n', 'server', 'none'],
  ['tls-unique', 'unsaid', 'types changed', 'n', 'client', 'none'],
  ['tls-unique', 'unsaid', 'both', 'n', 'server', 'none'],
  ['tls-unique', 'advertised', 'as sent', 'n', 'client', 'none'],
  ['tls-unique', 'advertised', 'stripped', 'n', 'server', 'none'],
  ['tls-unique', 'advertised', 'types changed', 'n', 'client', 'none'],
  ['tls-unique', 'advertised', 'both', 'n', 'server', 'none'],

  ['tls-exporter', 'unsaid', 'as sent', 'n', 'bound', 'bound'],
  ['tls-exporter', 'unsaid', 'stripped', 'n', 'server', 'none'],
  ['tls-exporter', 'unsaid', 'types changed', 'n', 'client', 'none'],
  ['tls-exporter', 'unsaid', 'both', 'n', 'server', 'none'],
  ['tls-exporter', 'advertised', 'as sent', 'n', 'bound', 'bound'],
  ['tls-exporter', 'advertised', 'stripped', 'n', 'server', 'none'],
  ['tls-exporter', 'advertised', 'types changed', 'n', 'client', 'none'],
  ['tls-exporter', 'advertised', 'both', 'n', 'server', 'none'],

  ['tls-server-end-point', 'unsaid', 'as sent', 'n', 'bound', 'bound'],
  ['tls-server-end-point', 'unsaid', 'stripped', 'n', 'server', 'none'],
  ['tls-server-end-point', 'unsaid', 'types changed', 'n', 'client', 'none'],
  ['tls-server-end-point', 'unsaid', 'both', 'n', 'server', 'none'],
  ['tls-server-end-point', 'advertised', 'as sent', 'n', 'bound', 'bound'],
  ['tls-server-end-point', 'advertised', 'stripped', 'n', 'server', 'none'],
  ['tls-server-end-point', 'advertised', 'types changed', 'n', 'client', 'none'],
  ['tls-server-end-point', 'advertised', 'both', 'n', 'server', 'none'],
]

test('the matrix of channel bindings has 96 cells', () => {
  assert.equal(3 * new Set(EXPECTED.map((row) => row.slice(0, 3).join())).size, 96)
})

for (const [ability, says, change, ...ends] of EXPECTED)
  for (const [at, channelBinding] of (['disable', 'prefer', 'require'] as const).entries())
    test(`a client with ${ability} that would ${channelBinding} binding, types ${says}, list ${change}: ${ends[at]}`, async () => {
      assert.equal(await login(ability, says === 'advertised', change, channelBinding), ends[at])
    })

test('a client on TLS that cannot bind says "y" where no -PLUS was offered, and so learns of a stripped list', async () => {
  const exchange = saslClient({ authcid: 'user', password: 'pencil' }).select(['SCRAM-SHA-256'], {
    secure: true,
    tlsVersion: 'TLSv1.3',
  })
  assert.ok(text((await exchange.start())!).startsWith('y,,'))
})

test("another mechanism's -PLUS, made up or passed over, does not stand in for the one that was taken off the list", async () => {
  for (const [instead, mechanisms] of [
    ['BOGUS-PLUS', undefined],
    ['SCRAM-SHA-1-PLUS', ['SCRAM-SHA-256-PLUS', 'SCRAM-SHA-256']],
  ] as const) {
    const list = server.offer(SERVER).map((name) => (name.endsWith('-PLUS') ? instead : name))
    const client = saslClient({ authcid: 'user', password: 'pencil' }, { mechanisms }).select(list, SERVER)
    assert.equal(client.mechanism, 'SCRAM-SHA-256')
    const { messages, server: reply } = await converse({
      client,
      server: server.begin(client.mechanism, SERVER),
    })
    assert.ok(text(messages[0]!.octets!).startsWith('y,,'), instead)
    assert.ok(reply?.kind === 'failure')
    assert.equal(text(reply.additionalData!), 'e=server-does-support-channel-binding')
  }
})

test('a client without TLS, or without a list, says "n"', async () => {
  const credentials = { authcid: 'user', password: 'pencil' }
  const local = saslClient(credentials).select(['SCRAM-SHA-256'], { secure: true })
  assert.ok(text((await local.start())!).startsWith('n,,'))
  const unlisted = new ClientExchange(scramClient('SHA-256', credentials), { connection: SERVER })
  assert.ok(text((await unlisted.start())!).startsWith('n,,'))
})

test('a server without -PLUS takes "y": there was nothing to strip', async () => {
  const unbound = saslServer({ ...options, policy: { channelBinding: 'disable' } })
  const exchange = saslClient({ authcid: 'user', password: 'pencil' }).select(unbound.offer(SERVER), SERVER)
  const { messages, clientError } = await converse({
    client: exchange,
    server: unbound.begin(exchange.mechanism, SERVER),
  })
  assert.ok(text(messages[0]!.octets!).startsWith('y,,'))
  assert.equal(clientError, undefined)
})

test('where the server vouches for its lists, having no type in common is no obstacle, and a changed list is', async () => {
  assert.equal(await login('tls-unique', true, 'as sent', 'prefer', vouching), 'n')
  assert.equal(await login('tls-exporter', true, 'as sent', 'prefer', vouching), 'bound')
  for (const ability of ['none', 'tls-unique', 'tls-exporter'] as const) {
    assert.equal(await login(ability, true, 'types changed', 'prefer', vouching), 'client')
    assert.equal(await login(ability, true, 'stripped', 'disable', vouching), 'client')
  }
})

test('a list of types cut to the weakest is noticed where the server vouches for it', async () => {
  const sent: Offered = { mechanisms: vouching.offer(SERVER), channelBindings: SERVER_TYPES }
  const cut: Offered = { ...sent, channelBindings: ['tls-server-end-point'] }
  for (const [list, noticed] of [
    [sent, false],
    [cut, true],
  ] as const) {
    const client = saslClient({ authcid: 'user', password: 'pencil' }).select(list, SERVER)
    const { messages, clientError } = await converse({
      client,
      server: vouching.begin(client.mechanism, SERVER, { offered: sent }),
    })
    assert.ok(text(messages[0]!.octets!).startsWith(noticed ? 'p=tls-server-end-point' : 'p=tls-exporter'))
    assert.equal(
      clientError instanceof SaslError && clientError.reason,
      noticed && 'server-not-authenticated',
    )
  }
})

test('a client that requires binding runs no mechanism without it, whoever chose that', async () => {
  const exchange = new ClientExchange(
    scramClient('SHA-256', { authcid: 'user', password: 'pencil' }, { channelBinding: 'require' }),
    { connection: SERVER },
  )
  await assert.rejects(
    async () => exchange.start(),
    (error) => error instanceof SaslError && error.reason === 'unacceptable',
  )
})

test('-PLUS by name finds no binding, or an empty one, unacceptable', async () => {
  for (const channelBindings of [
    undefined,
    [],
    [{ type: 'tls-exporter' as const, data: new Uint8Array(0) }],
  ]) {
    const connection = { secure: true, channelBindings }
    const exchange = new ClientExchange(
      scramClient('SHA-256-PLUS', { authcid: 'user', password: 'pencil' }),
      {
        connection,
      },
    )
    await assert.rejects(
      async () => exchange.start(),
      (error) => error instanceof SaslError && error.reason === 'unacceptable',
    )
    assert.throws(
      () =>
        saslClient({ authcid: 'user', password: 'pencil' }, { channelBinding: 'require' }).select(
          ['SCRAM-SHA-256-PLUS', 'SCRAM-SHA-256', 'PLAIN'],
          connection,
        ),
      NoMechanism,
    )
  }
})

test('bound by other data, as with somebody in between, neither side is content', async () => {
  const elsewhere: Connection = {
    ...SERVER,
    channelBindings: [{ type: 'tls-exporter', data: utf8('another channel') }],
  }
  const client = saslClient({ authcid: 'user', password: 'pencil' }).select(server.offer(SERVER), elsewhere)
  const { server: reply, clientError } = await converse({
    client,
    server: server.begin(client.mechanism, SERVER),
  })
  assert.ok(reply?.kind === 'failure' && reply.reason === 'invalid-credentials')
  assert.equal(text(reply.additionalData!), 'e=channel-bindings-dont-match')
  assert.ok(clientError instanceof SaslError)

  const told = new ClientExchange(scramClient('SHA-256-PLUS', { authcid: 'user', password: 'pencil' }), {
    connection: elsewhere,
  })
  const started = await server.begin('SCRAM-SHA-256-PLUS', SERVER).step(await told.start())
  assert.ok(started.kind === 'challenge')
  await told.challenge(started.challenge)
  await assert.rejects(
    async () => told.challenge(reply.additionalData!),
    (error) => error instanceof SaslError && error.reason === 'server-not-authenticated',
  )
})

test('whoever names a mechanism without its -PLUS says nothing of binding, and gets in where others are bound', async () => {
  const mechanisms = ['SCRAM-SHA-256-PLUS', 'SCRAM-SHA-256', 'SCRAM-SHA-1'] as const
  const both = await memoryDirectory([{ authcid: 'user', password: 'pencil' }], {
    iterations: 4096,
    hashes: ['SHA-1', 'SHA-256'],
  })
  const all = saslServer({ ...options, directory: both, policy: { mechanisms } })
  const offered = all.offer(SERVER)
  const client = saslClient({ authcid: 'user', password: 'pencil' }, { mechanisms: ['SCRAM-SHA-1'] })
  const exchange = client.select(offered, SERVER)
  const initial = await exchange.start()
  assert.ok(text(initial!).startsWith('n,,'))
  const theirs = all.begin(exchange.mechanism, SERVER)
  const first = await theirs.step(initial)
  assert.ok(first.kind === 'challenge')
  assert.equal((await theirs.step(await exchange.challenge(first.challenge))).kind, 'success')
  // Who would bind, and sees this one's -PLUS taken away, still says so.
  const would = saslClient(
    { authcid: 'user', password: 'pencil' },
    { mechanisms: ['SCRAM-SHA-256-PLUS', 'SCRAM-SHA-256'] },
  )
  assert.ok(text((await would.select(['SCRAM-SHA-256'], SERVER).start())!).startsWith('y,,'))
})
