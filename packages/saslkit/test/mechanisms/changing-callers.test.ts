/** What an application changes while an exchange is at work, or has put on Object.prototype, lets nobody in. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { ChannelBinding } from '../../src/connection.js'
import {
  ClientExchange,
  type Connection,
  type Directory,
  memoryDirectory,
  type Octets,
  ServerExchange,
  type ServerReply,
  saslClient,
  saslServer,
  scramClient,
  success,
  text,
  utf8,
} from '../../src/index.js'

const decoySecret = new Uint8Array(16)
const secure: Connection = { secure: true }
const shape = { iterations: 4096 }
const accounts = await memoryDirectory(
  [
    { authcid: 'alice', password: 'of alice' },
    { authcid: 'mallory', password: 'of mallory' },
  ],
  { ...shape, hashes: ['SHA-256'] },
)

test('a directory that reads each row into the same octets does not let one in by the password of another', async () => {
  const [salt, storedKey, serverKey] = [new Uint8Array(16), new Uint8Array(32), new Uint8Array(32)]
  const directory: Directory = {
    scramHashes: ['SHA-256'],
    async scramCredentials(name, hash, context) {
      const row = (await accounts.scramCredentials!(name, hash, context))!
      salt.set(row.salt)
      storedKey.set(row.storedKey)
      serverKey.set(row.serverKey)
      return { salt, storedKey, serverKey, iterations: row.iterations }
    },
  }
  const server = saslServer({ directory, decoySecret })
  const exchange = server.begin('SCRAM-SHA-256', secure)
  const ours = saslClient({ authcid: 'alice', password: 'of mallory' }).select(['SCRAM-SHA-256'], secure)
  const first = await exchange.step(await ours.start())
  const other = await server.begin('SCRAM-SHA-256', secure).step(utf8('n,,n=mallory,r=other'))
  assert.ok(first.kind === 'challenge' && other.kind === 'challenge')
  const saltOf = (challenge: Octets): string => /s=[^,]+/.exec(text(challenge))![0]
  const forged = text(first.challenge).replace(saltOf(first.challenge), saltOf(other.challenge))
  const end = await exchange.step(await ours.challenge(utf8(forged)))
  assert.ok(end.kind === 'failure' && end.reason === 'temporary')
  assert.match(String(end.cause), /changed octets that it had answered with/)
})

test('-PLUS ends in failure where the binding has gone when the account has been looked up', async () => {
  const bindings: ChannelBinding[] = [{ type: 'tls-exporter', data: new Uint8Array(32).fill(1) }]
  const connection: Connection = { secure: true, tlsVersion: 'TLSv1.3', channelBindings: bindings }
  const directory: Directory = {
    ...accounts,
    async scramCredentials(name, hash, context) {
      const row = await accounts.scramCredentials!(name, hash, context)
      bindings.length = 0
      return row
    },
  }
  const server = saslServer({ directory, decoySecret, policy: { channelBinding: 'require' } })
  const exchange = server.begin('SCRAM-SHA-256-PLUS', connection)
  const ours = new ClientExchange(scramClient('SHA-256-PLUS', { authcid: 'alice', password: 'of alice' }), {
    connection: { ...connection, channelBindings: [...bindings] },
  })
  const reply: ServerReply = await exchange.step(await ours.start())
  assert.ok(reply.kind === 'failure')
  assert.equal(text(reply.additionalData!), 'e=unsupported-channel-binding-type')
})

const polluted = async (name: string, value: unknown, work: () => Promise<void>): Promise<void> => {
  Object.defineProperty(Object.prototype, name, { value, configurable: true, writable: true })
  try {
    await work()
  } finally {
    delete (Object.prototype as Record<string, unknown>)[name]
  }
}

test('an externalIdentity that every object has is nobody’s', () =>
  polluted('externalIdentity', 'admin', async () => {
    const server = saslServer({ directory: accounts, decoySecret })
    assert.ok(!server.offer(secure).includes('EXTERNAL'))
    const forced = saslServer({ directory: accounts, decoySecret, policy: { mechanisms: ['EXTERNAL'] } })
    assert.equal((await forced.begin('EXTERNAL', secure).step(new Uint8Array(0))).kind, 'failure')
    const own = await forced.begin('EXTERNAL', { secure: true, externalIdentity: 'tim' }).step(utf8(''))
    assert.ok(own.kind === 'success' && own.identity.authcid === 'tim')
  }))

test('an authcid that every object has names nobody', () =>
  polluted('authcid', 'admin', async () => {
    const password = { authcid: 'alice', password: 'of alice' }
    const directory: Directory = {
      ...accounts,
      scramCredentials: async (name, hash, context) => {
        const { salt, iterations, storedKey, serverKey } = (await accounts.scramCredentials!(
          name,
          hash,
          context,
        ))!
        return { salt, iterations, storedKey, serverKey }
      },
      secret: () => ({ secret: 'of alice' }),
      verifyToken: () => ({ active: false }) as never,
    }
    for (const name of ['SCRAM-SHA-256', 'CRAM-MD5', 'OAUTHBEARER'] as const) {
      const policy = { mechanisms: [name] } as const
      const exchange = saslServer({ directory, decoySecret, policy }).begin(name, secure)
      const ours = saslClient({ ...password, token: 'x' }, policy).select([name], secure)
      let reply = await exchange.step(await ours.start())
      while (reply.kind === 'challenge') reply = await exchange.step(await ours.challenge(reply.challenge))
      if (name === 'OAUTHBEARER') assert.equal(reply.kind, 'failure')
      else assert.ok(reply.kind === 'success' && reply.identity.authcid === 'alice', name)
    }
  }))

test('an authzid that every object has is nobody to act as, and an anonymous that every object has makes nobody so', async () => {
  const login = saslServer({
    directory: accounts,
    decoySecret,
    authorize: () => true,
    policy: { mechanisms: ['LOGIN'] },
  })
  const anonymous = saslServer({ directory: accounts, decoySecret, policy: { mechanisms: ['ANONYMOUS'] } })
  const enter = async () => {
    const exchange = login.begin('LOGIN', secure)
    await exchange.step(undefined)
    await exchange.step(utf8('alice'))
    return exchange.step(utf8('of alice'))
  }
  await polluted('authzid', 'admin', async () => {
    const reply = await enter()
    assert.ok(reply.kind === 'success' && reply.identity.authzid === undefined)
    const nobody = await anonymous.begin('ANONYMOUS', secure).step(utf8('trace'))
    assert.ok(nobody.kind === 'success' && nobody.identity.authzid === undefined)
  })
  await polluted('anonymous', { trace: 'x' }, async () => {
    const reply = await enter()
    assert.ok(reply.kind === 'success' && reply.identity.anonymous === undefined)
  })
  await polluted('authcid', 'admin', async () => {
    const mechanism = { name: 'X-ODD', start: () => success({} as never) }
    assert.equal(
      (await new ServerExchange(mechanism, { connection: secure }).step(undefined)).kind,
      'failure',
    )
  })
})
