/** Why each mechanism is passed over, in words; what each is worth; and what a server lets nobody begin. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Connection, Offered } from '../../src/connection.js'
import type { ScramHash } from '../../src/directory.js'
import { type ClientPolicy, saslClient } from '../../src/negotiation/client.js'
import { CLIENT_MECHANISMS, type ClientCredentials } from '../../src/negotiation/client-table.js'
import { NoMechanism } from '../../src/negotiation/no-mechanism.js'
import { SCRAM_VARIANTS } from '../../src/negotiation/scram-names.js'
import { saslServer } from '../../src/negotiation/server.js'
import { SERVER_MECHANISMS } from '../../src/negotiation/server-table.js'
import { requireStrength } from '../../src/negotiation/strength.js'
import { text, utf8 } from '../../src/octets.js'
import { allowPlaintext } from '../../src/plaintext.js'
import { finish } from '../../src/step.js'

const tls: Connection = { secure: true }
const open: Connection = { secure: false }
const exporter = { type: 'tls-exporter', data: new Uint8Array(32) } as const
const endPoint = { type: 'tls-server-end-point', data: new Uint8Array(32) } as const
const bound: Connection = { secure: true, channelBindings: [exporter, endPoint] }
const everything: ClientCredentials = {
  authcid: 'tim',
  password: 'pencil',
  token: 'token',
  external: true,
  anonymous: true,
}

function why(
  name: string,
  connection: Connection = tls,
  policy: ClientPolicy = {},
  offered: readonly string[] | Offered = [name],
): string | undefined {
  const considered = saslClient(everything, policy).consider(offered, connection)
  return considered.find((each) => each.name === name)?.why
}

test('SCRAM goes by hash, bound before not', () => {
  assert.deepEqual(SCRAM_VARIANTS, [
    ...['SHA3-512', 'SHA-512', 'SHA-384', 'SHA-256', 'SHA-224', 'SHA-1'].map((hash) => `${hash}-PLUS`),
    ...['SHA3-512', 'SHA-512', 'SHA-384', 'SHA-256', 'SHA-224', 'SHA-1'],
  ])
})

test('each mechanism is worth what it is, and nothing weaker than the minimum is used', () => {
  const usable = (minimum: ClientPolicy['minimum']) =>
    CLIENT_MECHANISMS.filter((name) => {
      const policy = { minimum, mechanisms: [name] } as ClientPolicy
      return saslClient(everything, policy).consider([name], bound)[0]?.verdict === 'selected'
    })
  const plus = SCRAM_VARIANTS.filter((name) => name.endsWith('-PLUS')).map((name) => `SCRAM-${name}`)
  const scram = SCRAM_VARIANTS.map((name) => `SCRAM-${name}`)
  assert.deepEqual(usable('bound'), [...plus, 'EXTERNAL'])
  assert.deepEqual(usable('scram'), [...scram, 'EXTERNAL'])
  assert.deepEqual(usable('challenge'), [...scram, 'EXTERNAL', 'CRAM-MD5'])
  assert.deepEqual(
    usable('plaintext'),
    CLIENT_MECHANISMS.filter((name) => name !== 'ANONYMOUS'),
  )
  assert.deepEqual(usable('anonymous'), CLIENT_MECHANISMS)
  assert.throws(() => requireStrength('strong' as never), {
    name: 'RangeError',
    message: 'minimum must be one of anonymous, plaintext, challenge, scram, bound',
  })
})

test('what is passed over is told why', () => {
  assert.equal(why('PLAIN', open), 'it shows the secret to whoever listens, and this connection has no TLS')
  assert.equal(why('CRAM-MD5'), 'obsolete, and the policy does not name it')
  assert.equal(why('PLAIN', tls, { mechanisms: ['LOGIN'] }), 'the policy does not name it')
  assert.equal(why('PLAIN', tls, { minimum: 'scram' }), 'the policy asks for scram at least')
  assert.equal(
    why('SCRAM-SHA-256', bound, { channelBinding: 'require' }),
    'the policy requires channel binding',
  )
  assert.equal(
    why('SCRAM-SHA-256-PLUS', bound, { channelBinding: 'disable' }),
    'the policy disables channel binding',
  )
  assert.equal(why('SCRAM-SHA-256-PLUS'), 'this connection has no channel binding')
  assert.equal(why('PLAIN', tls, {}, ['PLAIN', 'SCRAM-SHA-256']), 'SCRAM-SHA-256 is preferred')
  assert.equal(why('PLAIN'), 'the most preferred that can be used')
  const unavailable = [
    { type: 'tls-exporter', reason: 'not in TLS 1.2' },
    { type: 'tls-unique', reason: 'not in TLS 1.3' },
  ] as const
  assert.equal(
    why('SCRAM-SHA-256-PLUS', { secure: true, unavailableBindings: unavailable } as never),
    'this connection has no channel binding (tls-exporter: not in TLS 1.2; tls-unique: not in TLS 1.3)',
  )
  const name = 'SCRAM-SHA-256-PLUS'
  assert.equal(
    why(name, bound, {}, {
      mechanisms: [name],
      channelBindings: ['tls-unique', `odd\u0007${'x'.repeat(40)}`],
    } as never),
    `the server's channel bindings (tls-unique, odd?${'x'.repeat(28)}) are none of ours (tls-exporter, tls-server-end-point)`,
  )
})

test('a name that is not known is told as far as it can be printed', () => {
  const [known] = saslClient(everything).consider([`G\u0007 ${'x'.repeat(40)}`], tls)
  assert.deepEqual(known, { name: `G??${'x'.repeat(29)}`, verdict: 'passed-over', why: 'not known here' })
})

test('of what the server does not offer, only what would have done is told', () => {
  const names = (policy: ClientPolicy, connection: Connection) =>
    saslClient({ authcid: 'tim', password: 'pencil' }, policy)
      .consider(['GSSAPI'], connection)
      .slice(1)
      .map((each) => [each.name, each.why])
  const told = names({}, tls)
  assert.ok(told.every(([name]) => !name?.endsWith('-PLUS')))
  assert.ok(told.some(([name, reason]) => name === 'PLAIN' && reason === 'the server does not offer it'))
  assert.ok(
    names({}, open).some(
      ([name, reason]) =>
        name === 'PLAIN' && reason === 'the server does not offer it, and this connection has no TLS',
    ),
  )
  assert.deepEqual(names({ mechanisms: ['SCRAM-SHA-256-PLUS'] }, tls), [
    ['SCRAM-SHA-256-PLUS', 'the server does not offer it'],
  ])
  const both = saslClient(
    { authcid: 'tim', password: 'pencil' },
    { mechanisms: ['SCRAM-SHA-256-PLUS', 'PLAIN'] },
  )
  assert.deepEqual(
    both.consider(['PLAIN', 'X'], open).map(({ name }) => name),
    ['PLAIN', 'X', 'SCRAM-SHA-256-PLUS'],
  )
})

test('no mechanism is a want of TLS only where TLS would do', () => {
  const reason = (offered: readonly string[], connection: Connection, policy: ClientPolicy = {}) => {
    try {
      saslClient({ authcid: 'tim', password: 'pencil' }, policy).select(offered, connection)
    } catch (error) {
      if (error instanceof NoMechanism) return [error.name, error.reason]
    }
    return undefined
  }
  assert.deepEqual(reason(['PLAIN'], open), ['NoMechanism', 'encryption-required'])
  assert.deepEqual(reason(['GSSAPI'], tls), ['NoMechanism', 'mechanism-unavailable'])
  assert.deepEqual(reason(['GSSAPI'], open), ['NoMechanism', 'mechanism-unavailable'])
  assert.equal(new NoMechanism([]).reason, 'mechanism-unavailable')
})

test('an unknown mechanism in a policy is told which are known', () => {
  const known = (names: readonly string[]) => ({
    name: 'RangeError',
    message: `unknown mechanism "X"; known are ${names.join(', ')}`,
  })
  assert.throws(() => saslClient(everything, { mechanisms: ['X'] as never }), known(CLIENT_MECHANISMS))
  assert.throws(
    () => saslServer({ directory: {}, policy: { mechanisms: ['X'] as never } }),
    known(SERVER_MECHANISMS),
  )
})

test('a mechanism of ones own stands before the built-in ones, and in place of one of its name', () => {
  const own = (name: string) => ({ name, start: () => finish(utf8('own')) })
  const client = saslClient(everything, { mechanisms: ['PLAIN', own('PLAIN')] as never })
  assert.deepEqual(
    client.consider(['PLAIN'], tls).map(({ verdict }) => verdict),
    ['selected'],
  )
  const first = saslClient(everything, { mechanisms: ['SCRAM-SHA-256-PLUS', 'PLAIN', own('X-OWN')] as never })
  assert.equal(first.select(['SCRAM-SHA-256-PLUS', 'X-OWN', 'PLAIN'], bound).mechanism, 'X-OWN')
})

test('the bindings that the policy names are used in its order, and no others', async () => {
  const flag = async (bindingTypes: ClientPolicy['bindingTypes'], offered: Offered) => {
    const client = saslClient({ authcid: 'tim', password: 'pencil' }, { bindingTypes })
    return text((await client.select(offered, bound).start())!).split(',')[0]
  }
  const plus = { mechanisms: ['SCRAM-SHA-256-PLUS'] }
  assert.equal(await flag(undefined, plus), 'p=tls-exporter')
  assert.equal(await flag(['tls-server-end-point'], plus), 'p=tls-server-end-point')
  assert.equal(await flag(['tls-server-end-point', 'tls-exporter'], plus), 'p=tls-server-end-point')
  assert.throws(
    () =>
      saslClient({ authcid: 'tim', password: 'pencil' }, { bindingTypes: ['tls-unique'] }).select(
        plus,
        bound,
      ),
    NoMechanism,
  )
  const nothing = { ...tls }
  assert.throws(
    () =>
      saslClient({ authcid: 'tim', password: 'pencil' }, { bindingTypes: ['tls-unique'] }).select(
        plus,
        nothing,
      ),
    NoMechanism,
  )
})

test('a token and no name will do for OAUTHBEARER, and XOAUTH2 takes either name', async () => {
  const initial = async (credentials: ClientCredentials, name: string) => {
    const client = saslClient(credentials, { mechanisms: [name] as never })
    return text((await client.select([name], tls).start())!)
  }
  assert.match(await initial({ token: 't', authzid: 'tom' }, 'XOAUTH2'), /^user=tom\x01/)
  assert.match(await initial({ token: 't', authcid: 'tim' }, 'XOAUTH2'), /^user=tim\x01/)
  assert.equal(why('XOAUTH2', tls), 'the most preferred that can be used')
  assert.equal(saslClient({ token: 't' }).consider(['XOAUTH2'], tls)[0]?.why, 'it needs an authcid')
  assert.equal(await initial({ anonymous: 'tim@example.org' }, 'ANONYMOUS'), 'tim@example.org')
  assert.equal(await initial({ anonymous: true }, 'ANONYMOUS'), '')
  for (const [token, retriable] of [
    [() => 't', true],
    ['t', false],
  ] as const) {
    const client = saslClient({ token, authcid: 'tim' } as ClientCredentials)
    assert.equal(client.retriable('OAUTHBEARER'), retriable)
    assert.equal(client.retriable('XOAUTH2'), retriable)
    assert.equal(client.retriable('PLAIN'), false)
  }
  assert.throws(() => saslClient({ authcid: '', password: 'x' }), /^TypeError: authcid/)
})

test('a server lets nobody show a secret where anybody can listen, whatever was offered before', async () => {
  const directory = { verifyPassword: () => true, verifyToken: () => ({ authcid: 'tim' }) }
  const plain = utf8('\0tim\0pencil')
  const reply = async (connection: Connection, policy: object = {}) =>
    saslServer({ directory, policy }).begin('PLAIN', connection).step(plain)
  assert.equal((await reply(tls)).kind, 'success')
  const refused = await reply(open)
  assert.equal(refused.kind === 'failure' && refused.reason, 'encryption-required')
  for (const not of [1, 'true', false, undefined])
    assert.equal((await reply(open, { [allowPlaintext]: not })).kind, 'failure')
  assert.equal((await reply(open, { [allowPlaintext]: true })).kind, 'success')
  // A connection that stops being secure after it was begun on.
  const connection = { secure: true }
  const login = saslServer({ directory, policy: { mechanisms: ['LOGIN'] } }).begin('LOGIN', connection)
  assert.equal((await login.step(undefined)).kind, 'challenge')
  connection.secure = false
  const late = await login.step(utf8('tim'))
  assert.equal(late.kind === 'failure' && late.reason, 'encryption-required')
})

test('what is offered on one connection is not what is offered on another', () => {
  const directory = { verifyPassword: () => true, scramCredentials: () => undefined }
  const server = saslServer({ directory, decoySecret: utf8('sixteen octets at least') } as never)
  const all: readonly Connection[] = [
    open,
    tls,
    bound,
    { ...tls, externalIdentity: 'tim' },
    { ...bound, externalIdentity: 'tim' },
    { ...open, externalIdentity: 'tim' },
    ...['imap', 'smtp', 'pop', 'xmpp', 'ldap', 'postgres', undefined].map((service) => ({ ...tls, service })),
  ] as never
  const fresh = all.map((connection) =>
    saslServer({ directory, decoySecret: utf8('sixteen octets at least') } as never).offer(connection),
  )
  for (let i = 0; i < 2; i++)
    all.forEach((connection, at) => {
      assert.deepEqual(server.offer(connection), fresh[at])
    })
  assert.equal(server.offer(tls), server.offer({ ...tls }))
})

test('where the hashes change, they change on every connection', () => {
  let scramHashes: readonly ScramHash[] = ['SHA-1']
  const directory = {
    scramCredentials: () => undefined,
    get scramHashes() {
      return scramHashes
    },
  }
  const server = saslServer({ directory, decoySecret: utf8('sixteen octets at least') })
  const connections: readonly Connection[] = [open, tls, bound].flatMap((connection) =>
    [undefined, 'smtp', 'imap', 'pop'].flatMap((service) => [
      { ...connection, ...(service && { service }) },
      { ...connection, ...(service && { service }), externalIdentity: 'tim' },
    ]),
  )
  for (const hashes of [['SHA-1'], ['SHA-256'], ['SHA-512', 'SHA-1'], ['SHA-256']] as const) {
    scramHashes = hashes
    for (const connection of connections)
      assert.deepEqual(
        server.offer(connection).filter((name) => /^SCRAM-SHA-\d+$/.test(name)),
        hashes.map((hash) => `SCRAM-${hash}`),
      )
  }
})
