/** What a client is handed as a server's offer: the caller's fault where it is no text, the peer's where it is no good. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { plainServer, SaslError, ServerExchange, saslClient, saslServer, utf8 } from '../../src/index.js'
import { careless, testRefused } from './refused.js'

const client = saslClient({ authcid: 'tim', password: 'tanstaaftanstaaf' })
const select = (offered: unknown) => () => client.select(careless(offered))

testRefused([
  [
    'a name that is a number',
    select(['PLAIN', 5]),
    /^TypeError: what is offered must be a list of mechanism names/,
  ],
  ['a name that is null', select({ mechanisms: [null] }), /^TypeError: what is offered must be a list/],
  [
    'binding types that are no list',
    select({ mechanisms: ['PLAIN'], channelBindings: 'tls-exporter' }),
    /^TypeError: channelBindings that are offered must be a list/,
  ],
  [
    'a binding type that is no text',
    select({ mechanisms: ['PLAIN'], channelBindings: [5] }),
    /^TypeError: channelBindings that are offered must/,
  ],
  [
    'binding types that are null',
    () => client.consider(careless({ mechanisms: [], channelBindings: null })),
    /^TypeError: channelBindings that are/,
  ],
])

test('ill-formed text in an offer is malformed to who should vouch for it, and no mechanism to others', () => {
  for (const offered of [
    { mechanisms: ['SCRAM-SHA-256', 'PLAIN', '\ud800'] },
    { mechanisms: ['SCRAM-SHA-256', 'PLAIN'], channelBindings: ['\udc00'] },
  ]) {
    assert.throws(
      () => client.select(offered),
      (error) => error instanceof SaslError && error.reason === 'malformed',
    )
    assert.equal(client.consider(offered)[0]!.name, 'SCRAM-SHA-256')
    const plain = saslClient({ authcid: 'tim', password: 'tanstaaftanstaaf' }, { mechanisms: ['PLAIN'] })
    assert.equal(plain.select(offered, { secure: true }).mechanism, 'PLAIN')
  }
})

test('only true is secure', () => {
  const server = saslServer({ directory: { verifyPassword: () => true } })
  for (const secure of ['false', 'true', 1, {}, undefined]) {
    // A socket of Node's, say: its TLS is not looked for where nobody has said what it is worth.
    const socket = careless({ secure })
    for (const use of [() => client.select(['PLAIN'], socket), () => server.offer(socket)])
      assert.throws(use, /^TypeError: connection must be \{ secure: true or false \}/)
    const connection = { secure: false }
    for (const exchange of [
      server.begin('PLAIN', connection),
      new ServerExchange(plainServer({ verifyPassword: () => true }), { connection }),
    ]) {
      connection.secure = careless(secure)
      const reply = exchange.step(utf8('\0tim\0tanstaaftanstaaf'))
      assert.ok('kind' in reply && reply.kind === 'failure' && reply.reason === 'encryption-required')
      connection.secure = false
    }
  }
  assert.deepEqual(server.offer({ secure: true }), ['PLAIN'])
})
