import assert from 'node:assert/strict'
import { once } from 'node:events'
import { describe, type TestContext, test } from 'node:test'
import { saslClient } from '../../src/client.js'
import { SaslError } from '../../src/errors.js'
import type { ClientCredentials } from '../../src/negotiation/client-table.js'
import type { MechanismName } from '../../src/negotiation/mechanism-name.js'
import { NoMechanism } from '../../src/negotiation/no-mechanism.js'
import { login } from '../../src/node/index.js'
import { allowPlaintext } from '../../src/plaintext.js'
import { makeScramCredentials, saslServer } from '../../src/server.js'
import {
  ALL_HASHES,
  authority,
  clientCertificate,
  DECOY,
  directory,
  front,
  NAMES,
  PROTOCOLS,
  scripted,
  serverTls,
  TIM,
  TOKEN,
} from './driver-ends.js'
import { LINE } from './driver-tongues.js'

interface Row {
  readonly mechanism: MechanismName
  readonly credentials: ClientCredentials
  /** How often the client waits for the server, where an initial response fits. */
  readonly roundTrips: number
  readonly insecure?: 'runs' | 'encryption-required' | 'mechanism-unavailable'
  readonly serverProved?: boolean
  readonly anonymous?: true
}

const ROWS: readonly Row[] = [
  { mechanism: 'PLAIN', credentials: TIM, roundTrips: 1 },
  { mechanism: 'LOGIN', credentials: TIM, roundTrips: 3 },
  { mechanism: 'CRAM-MD5', credentials: TIM, roundTrips: 2, insecure: 'runs' },
  { mechanism: 'XOAUTH2', credentials: { authcid: 'tim', token: TOKEN }, roundTrips: 1 },
  { mechanism: 'OAUTHBEARER', credentials: { token: TOKEN }, roundTrips: 1 },
  {
    mechanism: 'ANONYMOUS',
    credentials: { anonymous: 'trace' },
    roundTrips: 1,
    insecure: 'runs',
    anonymous: true,
  },
  {
    mechanism: 'EXTERNAL',
    credentials: { external: true },
    roundTrips: 1,
    insecure: 'mechanism-unavailable',
  },
  ...ALL_HASHES.flatMap((hash): Row[] => [
    {
      mechanism: `SCRAM-${hash}`,
      credentials: TIM,
      roundTrips: 3,
      insecure: 'runs',
      serverProved: true,
    },
    {
      mechanism: `SCRAM-${hash}-PLUS`,
      credentials: TIM,
      roundTrips: 3,
      insecure: 'mechanism-unavailable',
      serverProved: true,
    },
  ]),
]

const tls = { ...serverTls, requestCert: true, rejectUnauthorized: false }
const tlsOptions = { ca: authority.certificate, ...clientCertificate }

async function serverFor(mechanism: MechanismName) {
  return saslServer({ directory: await directory(), decoySecret: DECOY, policy: { mechanisms: [mechanism] } })
}

const channelBinding = (mechanism: string) => (mechanism.endsWith('-PLUS') ? 'require' : 'disable')

for (const name of NAMES)
  describe(`${name}, our client against our server`, () => {
    const protocol = PROTOCOLS[name]
    for (const row of ROWS)
      for (const mode of ['implicit', 'starttls', 'none'] as const)
        test(`${row.mechanism}, TLS ${mode}`, async (t) => {
          const { mechanism } = row
          const { port, outcomes } = await front(t, protocol, {
            implicit: mode === 'implicit',
            tls,
            server: await serverFor(mechanism),
            capabilities: name === 'imap' ? ['IMAP4rev1'] : [],
          })
          const client = saslClient(row.credentials, {
            mechanisms: [mechanism],
            channelBinding: channelBinding(mechanism),
          })
          const going = login({ protocol, client, tls: mode, host: 'localhost', port, tlsOptions })
          const insecure = row.insecure ?? 'encryption-required'
          if (mode === 'none' && insecure !== 'runs') {
            await assert.rejects(
              going,
              (error) => error instanceof NoMechanism && error.considered.length === 0,
            )
            assert.equal(await outcomes[0], undefined)
            return
          }
          const done = await going
          const accepted = await outcomes[0]
          assert.equal(done.mechanism, mechanism)
          assert.equal(accepted?.mechanism, mechanism)
          assert.equal(accepted.identity.authcid, row.anonymous ? 'anonymous' : 'tim')
          assert.equal(done.serverProved, row.serverProved ?? false)
          assert.equal(done.roundTrips, row.roundTrips)
          assert.deepEqual(
            done.considered.map(({ name, verdict }) => [name, verdict]),
            [[mechanism, 'selected']],
          )
          assert.equal(done.connection.secure, mode !== 'none')
          assert.equal(accepted.connection.secure, mode !== 'none')
          assert.equal(accepted.connection.service, protocol.service)
          assert.deepEqual(done.connection.channelBindings, accepted.connection.channelBindings)
          assert.equal(accepted.hello === undefined, name !== 'smtp')
          await talk(done.socket, accepted.socket)
        })
  })

/** Both sockets are whole: each end hears what the other says, and neither has listeners of ours. */
async function talk(client: import('node:net').Socket, server: import('node:net').Socket): Promise<void> {
  for (const socket of [client, server])
    for (const event of ['readable', 'data', 'drain']) assert.equal(socket.listenerCount(event), 0, event)
  client.write('question\r\n')
  assert.equal(String((await once(server, 'data'))[0]), 'question\r\n')
  server.end('answer\r\n')
  assert.equal(String((await once(client, 'data'))[0]), 'answer\r\n')
}

for (const name of NAMES) {
  const protocol = PROTOCOLS[name]
  const start = async (t: TestContext, row: Pick<Row, 'mechanism'>, options = {}) =>
    front(t, protocol, { implicit: true, tls, server: await serverFor(row.mechanism), ...options })

  test(`${name}: wrong credentials are refused, whoever they are for`, async (t) => {
    for (const mechanism of ['PLAIN', 'LOGIN', 'CRAM-MD5', 'SCRAM-SHA-256'] as const) {
      const { port, outcomes } = await start(t, { mechanism })
      const messages = new Set<string>()
      for (const credentials of [
        { authcid: 'tim', password: 'wrong' },
        { authcid: 'tom', password: 'tanstaaftanstaaf' },
      ]) {
        const client = saslClient(credentials, { mechanisms: [mechanism], channelBinding: 'disable' })
        const refused = await login({
          protocol,
          client,
          tls: 'implicit',
          host: 'localhost',
          port,
          tlsOptions,
        }).then(
          () => assert.fail('logged in'),
          (error) => error,
        )
        assert.ok(refused instanceof SaslError)
        assert.equal(refused.reason, 'invalid-credentials', mechanism)
        assert.ok(!refused.message.includes('tanstaaf'))
        messages.add(refused.message)
      }
      assert.equal(messages.size, 1, mechanism)
      assert.deepEqual(await Promise.all(outcomes), [undefined, undefined])
    }
  })

  test(`${name}: an initial response that does not fit goes where it is asked for`, async (t) => {
    const { port, outcomes } = await start(t, { mechanism: 'PLAIN' })
    const authzid = 'z'.repeat(500)
    const client = saslClient({ ...TIM, authzid }, { mechanisms: ['PLAIN'] })
    const going = login({ protocol, client, tls: 'implicit', host: 'localhost', port, tlsOptions })
    // IMAP takes it whole; either way it arrives, and nobody may act as somebody else.
    await assert.rejects(
      going,
      (error) => error instanceof SaslError && /authorized|refused/.test(error.message),
    )
    assert.equal(await outcomes[0], undefined)
  })
}

test('a password longer than a POP3 command logs in all the same, a round trip later', async (t) => {
  const protocol = PROTOCOLS.pop3
  const password = 'x'.repeat(300)
  const server = saslServer({
    directory: { verifyPassword: (authcid, given) => authcid === 'tim' && given === password },
  })
  const { port } = await front(t, protocol, { implicit: true, server })
  const done = await login({
    protocol,
    client: saslClient({ authcid: 'tim', password }),
    tls: 'implicit',
    host: 'localhost',
    port,
    tlsOptions,
  })
  assert.deepEqual([done.mechanism, done.roundTrips], ['PLAIN', 2])
  done.socket.destroy()
})

test('IMAP without SASL-IR gets the initial response when it asks', async (t) => {
  const imap = PROTOCOLS.imap
  const protocol = {
    ...imap,
    writeGreeting: (...[capabilities, context]: Parameters<typeof imap.writeGreeting>) =>
      imap.writeGreeting({ ...capabilities, initialResponse: false }, context),
  }
  const { port } = await front(t, protocol, { implicit: true, server: await serverFor('SCRAM-SHA-256') })
  const client = saslClient(TIM, { channelBinding: 'disable' })
  const done = await login({ protocol, client, tls: 'implicit', host: 'localhost', port, tlsOptions })
  assert.equal(done.roundTrips, 4)
  assert.deepEqual(done.capabilities.mechanisms, ['SCRAM-SHA-256'])
  done.socket.destroy()
})

test('plaintext without TLS runs where both sides say so, and nowhere else', async (t) => {
  const protocol = PROTOCOLS.smtp
  const accounts = await directory()
  const allowing = saslServer({
    directory: accounts,
    policy: { mechanisms: ['PLAIN'], [allowPlaintext]: true },
  })
  const { port } = await front(t, protocol, { server: allowing })
  const options = { protocol, tls: 'none', host: 'localhost', port } as const
  await assert.rejects(
    login({ ...options, client: saslClient(TIM) }),
    (error) => error instanceof NoMechanism && error.reason === 'encryption-required',
  )
  assert.equal(accounts.asked, 0)
  const done = await login({ ...options, client: saslClient(TIM, { [allowPlaintext]: true }) })
  assert.equal(done.mechanism, 'PLAIN')
  done.socket.destroy()
})

for (const mechanism of ['OAUTHBEARER', 'XOAUTH2'] as const)
  for (const name of NAMES)
    test(`${name}: a refused ${mechanism} token is asked for anew, once`, async (t) => {
      const protocol = PROTOCOLS[name]
      const { port } = await front(t, protocol, { implicit: true, server: await serverFor(mechanism) })
      const attempt = async (tokens: readonly string[]) => {
        const previous: unknown[] = []
        const token = (error?: SaslError) => {
          previous.push(error?.reason)
          return tokens[previous.length - 1] ?? assert.fail('asked too often')
        }
        const client = saslClient({ authcid: 'tim', token })
        const options = { protocol, client, tls: 'implicit', host: 'localhost', port, tlsOptions } as const
        const result = await login(options).catch((error) => error)
        if (!(result instanceof Error)) result.socket.destroy()
        return { result, previous }
      }
      const good = await attempt(['old', TOKEN])
      assert.equal(good.result.mechanism, mechanism)
      assert.deepEqual(good.previous, [undefined, 'invalid-credentials'])
      assert.equal(good.result.roundTrips, 3)
      const bad = await attempt(['old', 'older'])
      assert.equal(bad.result.name, 'TokenRefused')
      assert.equal(bad.result.status, 'invalid_token')
      assert.deepEqual(bad.previous, [undefined, 'invalid-credentials'])
      const client = saslClient({ authcid: 'tim', token: 'old' })
      const fixed = login({ protocol, client, tls: 'implicit', host: 'localhost', port, tlsOptions })
      await assert.rejects(fixed, { name: 'TokenRefused' })
    })

test('a password is not asked for twice', async (t) => {
  const protocol = PROTOCOLS.smtp
  const { port } = await front(t, protocol, { implicit: true, server: await serverFor('PLAIN') })
  let asked = 0
  const password = () => {
    asked++
    return 'wrong'
  }
  const client = saslClient({ authcid: 'tim', password })
  await assert.rejects(login({ protocol, client, tls: 'implicit', host: 'localhost', port, tlsOptions }), {
    reason: 'invalid-credentials',
  })
  assert.equal(asked, 1)
})

test('whoever tries again is asked with what was wrong the time before, and kept keys are not used', async (t) => {
  const protocol = PROTOCOLS.imap
  const salt = new Uint8Array(16)
  const keysOf = (password: string) => makeScramCredentials('SHA-256', password, { salt, iterations: 4096 })
  let current = await keysOf('old')
  const server = saslServer({
    directory: { scramCredentials: () => current },
    decoySecret: DECOY,
    policy: { mechanisms: ['SCRAM-SHA-256'] },
  })
  const { port } = await front(t, protocol, { implicit: true, server })
  const told: unknown[] = []
  const typed = ['old', 'new']
  const password = (previous?: SaslError) => {
    told.push(previous)
    return typed.shift() ?? assert.fail('asked too often')
  }
  const client = saslClient({ authcid: 'tim', password }, { keyCache: new Map() })
  const attempt = async (previous?: SaslError) => {
    const { socket } = await login({
      protocol,
      client,
      tls: 'implicit',
      host: 'localhost',
      port,
      tlsOptions,
      previous,
    })
    socket.destroy()
  }
  await attempt()
  await attempt()
  current = await keysOf('new')
  const refused = await attempt().catch((error) => error)
  assert.equal(refused.reason, 'invalid-credentials')
  assert.deepEqual(told, [undefined])
  await attempt(refused)
  assert.deepEqual(told, [undefined, refused])
  await attempt()
  assert.equal(told.length, 2)
})

test('a token is asked for once where there was a login before, and what went wrong now is told', async (t) => {
  const protocol = PROTOCOLS.smtp
  const { port } = await front(t, protocol, { implicit: true, server: await serverFor('OAUTHBEARER') })
  const previous = new SaslError('credentials-expired', 'the time before')
  const told: unknown[] = []
  const token = (error?: SaslError) => {
    told.push(error)
    return 'old'
  }
  const client = saslClient({ token })
  const options = {
    protocol,
    client,
    tls: 'implicit',
    host: 'localhost',
    port,
    tlsOptions,
    previous,
  } as const
  await assert.rejects(login(options), { name: 'TokenRefused' })
  assert.deepEqual(told, [previous])
  const gone = await scripted(t, async (raw) => {
    raw.say('220 host\r\n')
    await raw.hear(LINE)
    raw.say('250-host\r\n250 AUTH OAUTHBEARER\r\n')
    await raw.hear(LINE)
    raw.socket.destroy()
  })
  await assert.rejects(
    login({
      ...options,
      client: saslClient({ token }, { [allowPlaintext]: true }),
      tls: 'none',
      port: gone.port,
    }),
    (error) => error instanceof SaslError && error.reason === 'temporary',
  )
  await assert.rejects(
    login({ ...options, previous: new Error('no SaslError') as SaslError }),
    /^TypeError: previous must be the SaslError/,
  )
})

test('TLS that verifies nobody is secure all the same, and a policy can keep passwords from it', async (t) => {
  const protocol = PROTOCOLS.imap
  const { port } = await front(t, protocol, { implicit: true, server: await serverFor('PLAIN') })
  const options = { protocol, tls: 'implicit', host: 'localhost', port } as const
  await assert.rejects(login({ ...options, client: saslClient(TIM) }), { reason: 'server-not-authenticated' })
  const careless = { ...options, tlsOptions: { rejectUnauthorized: false } }
  const { socket, connection, mechanism } = await login({ ...careless, client: saslClient(TIM) })
  assert.deepEqual([connection.secure, mechanism], [true, 'PLAIN'])
  socket.destroy()
  await assert.rejects(login({ ...careless, client: saslClient(TIM, { minimum: 'scram' }) }), {
    name: 'NoMechanism',
  })
})
