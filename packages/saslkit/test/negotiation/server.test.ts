import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Connection } from '../../src/connection.js'
import { memoryDirectory } from '../../src/credentials/memory-directory.js'
import type { Directory, ScramHash } from '../../src/directory.js'
import { type SaslServerOptions, saslServer } from '../../src/negotiation/server.js'
import { SERVER_MECHANISMS } from '../../src/negotiation/server-table.js'
import { text, utf8 } from '../../src/octets.js'
import { allowPlaintext } from '../../src/plaintext.js'
import { clientFirst, type ServerMechanism, success } from '../../src/step.js'
import { readVectors } from '../vectors.js'

const decoySecret = utf8('sixteen octets at least')
const open: Connection = { secure: false }
const tls: Connection = { secure: true }
const bound: Connection = {
  secure: true,
  channelBindings: [{ type: 'tls-exporter', data: new Uint8Array(32) }],
}

const none = () => undefined
const full: Directory = {
  verifyPassword: none,
  secret: none,
  scramCredentials: none,
  verifyToken: () => ({ status: 'x' }),
}
const passwords: Directory = { verifyPassword: none }

const offer = (
  options: Omit<SaslServerOptions, 'decoySecret'>,
  connection: Connection = tls,
): readonly string[] => saslServer({ decoySecret, ...options }).offer(connection)

test('what is offered follows from the directory and the connection, strongest first', () => {
  for (const [directory, connection, expected] of [
    [full, bound, ['SCRAM-SHA-256-PLUS', 'SCRAM-SHA-256', 'OAUTHBEARER', 'PLAIN']],
    [full, tls, ['SCRAM-SHA-256', 'OAUTHBEARER', 'PLAIN']],
    [full, open, ['SCRAM-SHA-256']],
    [full, undefined, ['SCRAM-SHA-256']],
    [full, { ...tls, externalIdentity: 'user' }, ['SCRAM-SHA-256', 'EXTERNAL', 'OAUTHBEARER', 'PLAIN']],
    [full, { ...tls, externalIdentity: '' }, ['SCRAM-SHA-256', 'OAUTHBEARER', 'PLAIN']],
    [full, { ...tls, service: 'smtp' }, ['SCRAM-SHA-256', 'OAUTHBEARER', 'XOAUTH2', 'PLAIN', 'LOGIN']],
    [full, { ...tls, service: 'imap' }, ['SCRAM-SHA-256', 'OAUTHBEARER', 'XOAUTH2', 'PLAIN']],
    [full, { ...tls, service: 'pop' }, ['SCRAM-SHA-256', 'OAUTHBEARER', 'XOAUTH2', 'PLAIN']],
    [full, { ...tls, service: 'xmpp' }, ['SCRAM-SHA-256', 'OAUTHBEARER', 'PLAIN']],
    [full, { ...open, service: 'smtp' }, ['SCRAM-SHA-256']],
    [passwords, tls, ['PLAIN']],
    [passwords, open, []],
    [{}, tls, []],
    [{}, { ...open, externalIdentity: 'user' }, ['EXTERNAL']],
    [
      { ...full, scramHashes: ['SHA-1', 'SHA-512'] },
      bound,
      ['SCRAM-SHA-512-PLUS', 'SCRAM-SHA-1-PLUS', 'SCRAM-SHA-512', 'SCRAM-SHA-1', 'OAUTHBEARER', 'PLAIN'],
    ],
    [{ ...full, scramHashes: [] }, bound, ['OAUTHBEARER', 'PLAIN']],
    [full, { ...tls, channelBindings: [] }, ['SCRAM-SHA-256', 'OAUTHBEARER', 'PLAIN']],
  ] as const satisfies readonly (readonly [Directory, Connection | undefined, readonly string[]])[])
    assert.deepEqual(
      saslServer({ directory, decoySecret }).offer(connection),
      expected,
      JSON.stringify(connection),
    )
})

test('one server answers each connection for itself, in whatever order they come', () => {
  const server = saslServer({ directory: full, decoySecret })
  for (let i = 0; i < 2; i++) {
    assert.deepEqual(server.offer(open), ['SCRAM-SHA-256'])
    assert.deepEqual(server.offer(bound), ['SCRAM-SHA-256-PLUS', 'SCRAM-SHA-256', 'OAUTHBEARER', 'PLAIN'])
    assert.ok(server.offer({ ...tls, service: 'smtp' }).includes('LOGIN'))
    assert.ok(server.offer({ ...tls, externalIdentity: 'user' }).includes('EXTERNAL'))
    assert.ok(!server.offer(tls).includes('EXTERNAL'))
  }
})

test('the policy names what is offered, in its own order, obsolete mechanisms among it', () => {
  const mechanisms = ['PLAIN', 'CRAM-MD5', 'ANONYMOUS', 'LOGIN', 'SCRAM-SHA-1'] as const
  assert.deepEqual(offer({ directory: full, policy: { mechanisms } }), mechanisms)
  assert.deepEqual(offer({ directory: full, policy: { mechanisms } }, open), [
    'CRAM-MD5',
    'ANONYMOUS',
    'SCRAM-SHA-1',
  ])
  assert.deepEqual(offer({ directory: full, policy: { mechanisms: [] } }), [])
  assert.deepEqual(offer({ directory: full, policy: { mechanisms: ['PLAIN', 'PLAIN'] } }), ['PLAIN'])
})

test('every mechanism there is can be named', () => {
  const connection = { ...bound, externalIdentity: 'user' }
  assert.deepEqual(
    offer({ directory: full, policy: { mechanisms: SERVER_MECHANISMS } }, connection),
    SERVER_MECHANISMS,
  )
})

test('channel binding is offered, left, or insisted on', () => {
  const policy = { channelBinding: 'require' } as const
  const connection = { ...bound, externalIdentity: 'user' }
  assert.deepEqual(offer({ directory: full, policy }, connection), ['SCRAM-SHA-256-PLUS'])
  assert.deepEqual(offer({ directory: full, policy }, tls), [])
  assert.ok(
    !offer({ directory: full, policy: { channelBinding: 'disable' } }, bound).includes('SCRAM-SHA-256-PLUS'),
  )
})

test('a secret where anybody can listen needs the symbol that says so', () => {
  assert.deepEqual(offer({ directory: passwords, policy: { [allowPlaintext]: true } }, open), ['PLAIN'])
})

const names = readVectors<{ invalid: string[] }>('attacks/mechanism-names.json')

test('what was not offered on this connection fails at its first step, and asks nobody', async () => {
  const silent = new Proxy(full, {
    get: (_, key) =>
      key === 'scramHashes'
        ? undefined
        : () => {
            throw new Error('the directory was asked')
          },
  })
  const server = saslServer({ directory: silent, decoySecret })
  for (const [name, connection, reason] of [
    ['PLAIN', open, 'encryption-required'],
    ['OAUTHBEARER', open, 'encryption-required'],
    ['XOAUTH2', { ...open, service: 'imap' }, 'encryption-required'],
    ['XOAUTH2', tls, 'mechanism-unavailable'],
    ['LOGIN', tls, 'mechanism-unavailable'],
    ['LOGIN', { ...open, service: 'smtp' }, 'encryption-required'],
    ['CRAM-MD5', tls, 'mechanism-unavailable'],
    ['ANONYMOUS', tls, 'mechanism-unavailable'],
    ['EXTERNAL', tls, 'mechanism-unavailable'],
    ['SCRAM-SHA-256-PLUS', tls, 'mechanism-unavailable'],
    ['SCRAM-SHA-1', tls, 'mechanism-unavailable'],
    ['plain', tls, 'mechanism-unavailable'],
    ...names.invalid.map((name) => [name, tls, 'mechanism-unavailable'] as const),
    ['valueOf', tls, 'mechanism-unavailable'],
    ['hasOwnProperty', tls, 'mechanism-unavailable'],
  ] as const)
    for (const initialResponse of [undefined, utf8('\0user\0pencil')]) {
      assert.ok(!server.offer(connection).includes(name))
      const exchange = server.begin(name, connection)
      const reply = await exchange.step(initialResponse)
      assert.ok(reply.kind === 'failure', name)
      assert.equal(reply.reason, reason, name)
      assert.throws(() => exchange.step(initialResponse), TypeError)
    }
})

test('what is offered begins', async () => {
  const server = saslServer({ directory: { ...full, verifyPassword: () => true }, decoySecret })
  const reply = await server.begin('PLAIN', tls).step(utf8('\0user\0pencil'))
  assert.deepEqual(reply.kind === 'success' && reply.identity, { authcid: 'user', authzid: undefined })
})

test('SCRAM needs a decoy secret, and says what kind; without SCRAM there is none to give', () => {
  assert.throws(() => saslServer({ directory: full }), /decoySecret: at least 16 random octets/)
  assert.throws(() => saslServer({ directory: full, decoySecret: new Uint8Array(15) }), RangeError)
  assert.throws(() => saslServer({ directory: full, decoySecret: 'a secret of text' as never }), TypeError)
  assert.deepEqual(saslServer({ directory: passwords }).offer(tls), ['PLAIN'])
  assert.deepEqual(saslServer({ directory: { ...full, scramHashes: [] } }).offer(tls), [
    'OAUTHBEARER',
    'PLAIN',
  ])
  assert.deepEqual(saslServer({ directory: full, policy: { mechanisms: ['PLAIN'] } }).offer(tls), ['PLAIN'])
})

test('decoys that no account could have are refused at once, for they would tell', () => {
  for (const decoys of [
    { decoyIterations: 0 },
    { decoyIterations: 1.5 },
    { decoyIterations: Number.NaN },
    { decoySaltLength: 0 },
    { decoySaltLength: 1025 },
    { decoySaltLength: 1.5 },
  ])
    assert.throws(
      () => saslServer({ directory: full, decoySecret, ...decoys }),
      RangeError,
      JSON.stringify(decoys),
    )
})

test('what the policy names and nothing serves is said at once', () => {
  for (const [name, method] of [
    ['PLAIN', 'verifyPassword'],
    ['LOGIN', 'verifyPassword'],
    ['CRAM-MD5', 'secret'],
    ['SCRAM-SHA-256', 'scramCredentials'],
    ['XOAUTH2', 'verifyToken'],
    ['OAUTHBEARER', 'verifyToken'],
  ] as const)
    assert.throws(
      () => saslServer({ directory: {}, decoySecret, policy: { mechanisms: [name] } }),
      (error) => error instanceof TypeError && error.message.includes(`${method}()`),
    )
  for (const name of ['PLANE', 'plain', '__proto__', ''])
    assert.throws(
      () => saslServer({ directory: full, decoySecret, policy: { mechanisms: [name as never] } }),
      RangeError,
    )
  assert.throws(
    () => saslServer({ directory: full, decoySecret, policy: { channelBinding: 'maybe' as never } }),
    RangeError,
  )
})

const own: ServerMechanism = {
  name: 'X-OWN',
  start: (initialResponse) => clientFirst(initialResponse, (message) => success({ authcid: text(message) })),
}

test('a mechanism of one’s own is offered where it is named, and obeys the policy', async () => {
  const server = saslServer({
    directory: {},
    policy: { mechanisms: [own] },
    authorize: ({ authcid }) => authcid === 'me',
  })
  assert.deepEqual(server.offer(open), ['X-OWN'])
  assert.equal((await server.begin('X-OWN', open).step(utf8('me'))).kind, 'success')
  const refused = await server.begin('X-OWN', open).step(utf8('you'))
  assert.ok(refused.kind === 'failure' && refused.reason === 'not-authorized')
  const plaintext = { ...own, plaintext: true }
  assert.deepEqual(offer({ directory: {}, policy: { mechanisms: [plaintext] } }, open), [])
  assert.deepEqual(
    offer({ directory: {}, policy: { mechanisms: [own], channelBinding: 'require' } }, bound),
    [],
  )
})

test('the lists are nobody’s to change', () => {
  const server = saslServer({ directory: full, decoySecret })
  assert.throws(() => (server.offer(tls) as string[]).push('ANONYMOUS'), TypeError)
  assert.ok(!server.offer(tls).includes('ANONYMOUS'))
})

test('a directory in memory says for which hashes all have keys', async () => {
  const accounts = [
    { authcid: 'user', password: 'pencil' },
    { authcid: 'other', password: 'eraser' },
  ]
  const directory = await memoryDirectory(accounts, { hashes: ['SHA-1', 'SHA-256'], iterations: 4096 })
  assert.deepEqual(offer({ directory }), ['SCRAM-SHA-256', 'SCRAM-SHA-1', 'PLAIN'])
})

test('options may inherit: decoys look as they say all the same', async () => {
  const shared = { decoySecret, decoyIterations: 12_345, decoySaltLength: 24 }
  const options: SaslServerOptions = Object.assign(Object.create(shared), { directory: full })
  const reply = await saslServer(options).begin('SCRAM-SHA-256', tls).step(utf8('n,,n=user,r=abc'))
  assert.ok(reply.kind === 'challenge')
  assert.match(text(reply.challenge), /,s=[A-Za-z0-9+/]{32},i=12345$/)
})

test('CRAM-MD5 names the host, and prepares names, as the server says', async () => {
  const asked: string[] = []
  const directory: Directory = {
    secret(authcid) {
      asked.push(authcid)
      return undefined
    },
  }
  const policy = { mechanisms: ['CRAM-MD5'] } as const
  const hostname = 'mail.example.org'
  const exchange = saslServer({ directory, policy, hostname, prepare: 'precis' }).begin('CRAM-MD5', tls)
  const reply = await exchange.step(undefined)
  assert.ok(reply.kind === 'challenge')
  assert.match(text(reply.challenge), /@mail\.example\.org>$/)
  await exchange.step(utf8(`Tim ${'0'.repeat(32)}`))
  assert.deepEqual(asked, ['tim'])
})

test('what is offered follows the accounts: a hash that not all have keys for any more, or that they have by now', async () => {
  let scramHashes: readonly ScramHash[] = []
  const server = saslServer({
    decoySecret,
    directory: {
      scramCredentials: none,
      get scramHashes() {
        return scramHashes
      },
    },
  })
  const hashes: readonly (readonly ScramHash[])[] = [
    [],
    ['SHA-512', 'SHA-256'],
    ['SHA-256'],
    ['SHA-1', 'SHA-256'],
  ]
  for (scramHashes of hashes) {
    const offered = server.offer(tls)
    assert.deepEqual([...offered].sort(), scramHashes.map((hash) => `SCRAM-${hash}`).sort())
    for (const name of ['SCRAM-SHA-512', 'SCRAM-SHA-256', 'SCRAM-SHA-1']) {
      const reply = await server.begin(name, tls).step(utf8('n,,n=user,r=abc'))
      assert.equal(reply.kind, offered.includes(name) ? 'challenge' : 'failure', name)
    }
  }
})
