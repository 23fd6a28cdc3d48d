/** Each test is the row of its name in docs/from-pysasl.md: what a user of pysasl does, done here. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { parseStoredCredential, verifyPassword } from '../src/credentials/index.js'
import {
  CLIENT_MECHANISMS,
  ClientExchange,
  type ClientMechanism,
  challenge,
  cramMd5Server,
  type Directory,
  failure,
  finish,
  type MechanismName,
  memoryDirectory,
  NoMechanism,
  type Octets,
  passwordEquals,
  plainClient,
  plainServer,
  respond,
  SERVER_MECHANISMS,
  ServerExchange,
  type ServerMechanism,
  type ServerReply,
  saslClient,
  saslServer,
  success,
} from '../src/index.js'
import { text, utf8 } from '../src/octets.js'

const tls = { secure: true }
const decoySecret = new Uint8Array(32).fill(9)
const tim = { authcid: 'tim', password: 'tanstaaftanstaaf' }
const directory = await memoryDirectory([tim], { iterations: 4096 })

async function run(
  client: ReturnType<typeof saslClient>,
  server: ReturnType<typeof saslServer>,
): Promise<ServerReply> {
  const ours = client.select(server.offer(tls), tls)
  const theirs = server.begin(ours.mechanism, tls)
  let reply = await theirs.step(await ours.start())
  while (reply.kind === 'challenge') reply = await theirs.step(await ours.challenge(reply.challenge))
  if (reply.kind === 'success') await ours.success(reply.additionalData)
  return reply
}

test('SASLAuth.defaults(), .client_mechanisms, .server_mechanisms', () => {
  for (const name of ['PLAIN', 'LOGIN', 'CRAM-MD5', 'EXTERNAL', 'XOAUTH2'] as const) {
    assert.ok(CLIENT_MECHANISMS.includes(name), name)
    assert.ok(SERVER_MECHANISMS.includes(name), name)
  }
})

test("SASLAuth.named([b'PLAIN', b'LOGIN'])", () => {
  const server = saslServer({ directory, policy: { mechanisms: ['PLAIN', 'LOGIN'] } })
  assert.deepEqual(server.offer(tls), ['PLAIN', 'LOGIN'])
})

test('an unknown name: KeyError', async () => {
  const mechanisms = ['PLANE' as MechanismName] // which TypeScript refuses without this
  assert.throws(
    () => saslServer({ directory, policy: { mechanisms } }),
    /unknown mechanism "PLANE"; known are .*PLAIN/,
  )
  assert.throws(() => saslClient(tim, { mechanisms }), RangeError)

  const reply = await saslServer({ directory, decoySecret }).begin('BOGUS', tls).step(undefined)
  assert.ok(reply.kind === 'failure')
  assert.equal(reply.reason, 'mechanism-unavailable')
})

test('the order of the list', () => {
  const server = saslServer({
    directory,
    decoySecret,
    policy: { mechanisms: ['LOGIN', 'SCRAM-SHA-256', 'PLAIN'] },
  })
  assert.deepEqual(server.offer(tls), ['LOGIN', 'SCRAM-SHA-256', 'PLAIN'])
})

test('picking from an advertised list by hand', () => {
  const client = saslClient(tim)
  assert.equal(client.select(['LOGIN', 'PLAIN', 'SCRAM-SHA-256'], tls).mechanism, 'SCRAM-SHA-256')
  assert.throws(() => client.select(['GSSAPI'], tls), NoMechanism)
})

test("auth.get_server(b'PLAIN')", async () => {
  const exchange = saslServer({ directory, policy: { mechanisms: ['PLAIN'] } }).begin('PLAIN', tls)
  assert.equal(exchange.mechanism, 'PLAIN')
  const alone = new ServerExchange(plainServer(directory), { connection: tls })
  assert.equal((await alone.step(utf8('\0tim\0tanstaaftanstaaf'))).kind, 'success')
})

test("auth.get_client(b'PLAIN')", async () => {
  const exchange = saslClient(tim, { mechanisms: ['PLAIN'] }).select(['SCRAM-SHA-256', 'PLAIN'], tls)
  assert.equal(exchange.mechanism, 'PLAIN')
  const alone = new ClientExchange(plainClient(tim), { connection: tls })
  assert.deepEqual(await alone.start(), utf8('\0tim\0tanstaaftanstaaf'))
})

test('mech.client_attempt(creds, []).response', async () => {
  const exchange = saslClient({ ...tim, authzid: 'boss' }).select(['PLAIN'], tls)
  assert.deepEqual(await exchange.start(), utf8('boss\0tim\0tanstaaftanstaaf'))
  assert.equal(await saslClient(tim).select(['LOGIN'], tls).start(), undefined)
  const external = saslClient({ external: true }).select(['EXTERNAL'], tls)
  assert.deepEqual(await external.start(), new Uint8Array(0))
})

test('mech.client_attempt(creds, challenges)', async () => {
  const server = saslServer({ directory, decoySecret }).begin('SCRAM-SHA-256', tls)
  const begin = () => saslClient(tim).select(['SCRAM-SHA-256'], tls)
  const exchange = begin()
  const first = await server.step(await exchange.start())
  assert.ok(first.kind === 'challenge')
  const reply = await server.step(await exchange.challenge(first.challenge))
  assert.ok(reply.kind === 'success')
  await exchange.success(reply.additionalData)

  const tooEarly = begin()
  await tooEarly.start()
  await assert.rejects(async () => tooEarly.success(undefined), { name: 'SaslError' })
})

test('mech.server_attempt(challenges), raise ServerChallenge', async () => {
  const server = saslServer({ directory, policy: { mechanisms: ['LOGIN'] } }).begin('LOGIN', tls)
  const asked: string[] = []
  const answers = [utf8('tim'), utf8('tanstaaftanstaaf')]
  let reply = await server.step(undefined)
  while (reply.kind === 'challenge') {
    asked.push(text(reply.challenge))
    reply = await server.step(answers.shift())
  }
  assert.deepEqual(asked, ['Username:', 'Password:'])
  assert.equal(reply.kind, 'success')
})

test('creds.authcid, creds.authzid', async () => {
  const server = saslServer({
    directory,
    authorize: ({ authcid, authzid }) => authzid === authcid || authzid === 'boss',
    policy: { mechanisms: ['PLAIN'] },
  })
  const reply = await run(saslClient({ ...tim, authzid: 'boss' }), server)
  assert.ok(reply.kind === 'success')
  assert.deepEqual(reply.identity, { authcid: 'tim', authzid: 'boss' })
})

test('creds.secret', async () => {
  const seen: string[] = []
  const mine: Directory = {
    verifyPassword(authcid, password) {
      seen.push(authcid, password)
      return true
    },
  }
  await run(saslClient(tim), saslServer({ directory: mine }))
  assert.deepEqual(seen, ['tim', 'tanstaaftanstaaf'])
})

test('creds.check_secret(ClearIdentity(...))', async () => {
  const mine: Directory = {
    verifyPassword: (authcid, password) => authcid === 'tim' && passwordEquals(password, 'tanstaaftanstaaf'),
  }
  assert.equal((await run(saslClient(tim), saslServer({ directory: mine }))).kind, 'success')
  const wrong = await run(saslClient({ ...tim, password: 'x' }), saslServer({ directory: mine }))
  assert.ok(wrong.kind === 'failure')
  assert.equal(wrong.reason, 'invalid-credentials')
})

test('creds.check_secret(HashedIdentity(...))', async () => {
  const { hashFunction } = await import('../src/crypto/node.js')
  const salt = utf8('sea salt')
  const key = await hashFunction('SHA-256').pbkdf2(utf8(tim.password), salt, 4096)
  const hashed = await memoryDirectory([
    { authcid: 'tim', pbkdf2: { hash: 'SHA-256', salt, iterations: 4096, key } },
  ])
  const server = saslServer({ directory: hashed, policy: { mechanisms: ['PLAIN'] } })
  assert.equal((await run(saslClient(tim), server)).kind, 'success')
  assert.equal((await run(saslClient({ ...tim, password: 'x' }), server)).kind, 'failure')

  // Of passlib 1.7.4, as test/vectors/stored-credentials.json has it.
  const passlib = '$pbkdf2-sha256$1000$ESIkJISwtnaulRLiXCslZA$c2cikUwaTy7IksOTg6V3aOdoXEh88Pia4V1yJCZA7UU'
  const read = parseStoredCredential(passlib)
  assert.equal(await verifyPassword(read, tim.password), true)
  assert.equal(await verifyPassword(read, 'x'), false)
})

test('creds.secret raises for CRAM-MD5, EXTERNAL', async () => {
  const server = saslServer({ directory, policy: { mechanisms: ['CRAM-MD5', 'EXTERNAL'] } })
  const cram = await run(saslClient(tim, { mechanisms: ['CRAM-MD5'] }), server)
  assert.equal(cram.kind, 'success')
  const certified = { secure: true, externalIdentity: 'tim' }
  const external = await server.begin('EXTERNAL', certified).step(new Uint8Array(0))
  assert.ok(external.kind === 'success')
  assert.equal(external.identity.authcid, 'tim')
  assert.equal((await server.begin('EXTERNAL', tls).step(new Uint8Array(0))).kind, 'failure')
})

test('ExternalVerificationRequired (bearer tokens)', async () => {
  const mine: Directory = {
    verifyToken: async (token) => (token === 'good' ? { authcid: 'tim' } : { status: 'invalid_token' }),
  }
  const server = saslServer({ directory: mine, policy: { mechanisms: ['XOAUTH2'] } })
  const good = await run(saslClient({ authcid: 'tim', token: 'good' }), server)
  assert.ok(good.kind === 'success')
  assert.equal((await run(saslClient({ authcid: 'tim', token: 'stale' }), server)).kind, 'failure')
})

test('a mechanism of your own: ServerMechanism, ClientMechanism subclasses', async () => {
  const knock: ClientMechanism = { name: 'X-KNOCK', start: () => respond(undefined, (who) => finish(who)) }
  const knocked: ServerMechanism = {
    name: 'X-KNOCK',
    start: (initialResponse) =>
      initialResponse
        ? failure('malformed')
        : challenge(utf8('who?'), (answer) =>
            text(answer) === 'who?' ? success({ authcid: 'echo' }) : failure('invalid-credentials'),
          ),
  }
  const server = saslServer({ directory: {}, policy: { mechanisms: [knocked] } })
  const reply = await run(saslClient({}, { mechanisms: [knock] }), server)
  assert.ok(reply.kind === 'success')
  assert.equal(reply.identity.authcid, 'echo')
})

test('resuming from a kept list of ChallengeResponse', async () => {
  // A stateless front keeps the pairs; each request makes a new exchange and plays back what was said before.
  const kept: { challenge: Octets; response: Octets }[] = []
  const resume = async (response: Octets | undefined): Promise<ServerReply> => {
    const first = kept[0]?.challenge
    const mechanism = cramMd5Server(directory, first ? { challenge: () => text(first) } : {})
    const exchange = new ServerExchange(mechanism, { connection: tls })
    let reply = await exchange.step(undefined)
    for (const pair of kept) {
      assert.ok(reply.kind === 'challenge')
      assert.deepEqual(reply.challenge, pair.challenge)
      reply = await exchange.step(pair.response)
    }
    if (response && reply.kind === 'challenge') reply = await exchange.step(response)
    return reply
  }
  const client = saslClient(tim, { mechanisms: ['CRAM-MD5'] }).select(['CRAM-MD5'], tls)
  await client.start()
  const asked = await resume(undefined)
  assert.ok(asked.kind === 'challenge')
  kept.push({ challenge: asked.challenge, response: await client.challenge(asked.challenge) })
  assert.equal((await resume(undefined)).kind, 'success')
})
