import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Connection } from '../../src/connection.js'
import { SaslError } from '../../src/errors.js'
import { anonymousClient } from '../../src/mechanisms/anonymous.js'
import { cramMd5Client } from '../../src/mechanisms/cram-md5.js'
import { plainClient } from '../../src/mechanisms/plain.js'
import { scramClient } from '../../src/mechanisms/scram/client.js'
import { type ClientPolicy, saslClient } from '../../src/negotiation/client.js'
import { CLIENT_MECHANISMS, type ClientCredentials } from '../../src/negotiation/client-table.js'
import { NoMechanism } from '../../src/negotiation/no-mechanism.js'
import type { Strength } from '../../src/negotiation/strength.js'
import { text, utf8 } from '../../src/octets.js'
import { allowPlaintext } from '../../src/plaintext.js'
import { type ClientMechanism, finish } from '../../src/step.js'
import { readVectors } from '../vectors.js'

const tls: Connection = {
  secure: true,
  tlsVersion: 'TLSv1.3',
  channelBindings: [{ type: 'tls-exporter', data: new Uint8Array(32) }],
}
const unbound: Connection = { secure: true }
const open: Connection = { secure: false }
const password: ClientCredentials = { authcid: 'user', password: 'pencil' }
const everything: ClientCredentials = { ...password, token: 'token', external: true, anonymous: true }

const chosen = (
  offered: readonly string[],
  credentials: ClientCredentials = password,
  policy: ClientPolicy = {},
  connection = tls,
): string => saslClient(credentials, policy).select(offered, connection).mechanism

/** All orders of a few names, and a shuffle of many. */
function* orders(names: readonly string[]): Generator<readonly string[]> {
  for (let turn = 0; turn < names.length; turn++) {
    const turned = [...names.slice(turn), ...names.slice(0, turn)]
    yield turned
    yield turned.toReversed()
  }
}

/** The order of preference, written out: bound before not, by hash, then the layer below, tokens, the secret itself. */
const PREFERRED = [
  'SCRAM-SHA3-512-PLUS',
  'SCRAM-SHA-512-PLUS',
  'SCRAM-SHA-384-PLUS',
  'SCRAM-SHA-256-PLUS',
  'SCRAM-SHA-224-PLUS',
  'SCRAM-SHA-1-PLUS',
  'SCRAM-SHA3-512',
  'SCRAM-SHA-512',
  'SCRAM-SHA-384',
  'SCRAM-SHA-256',
  'SCRAM-SHA-224',
  'SCRAM-SHA-1',
  'EXTERNAL',
  'OAUTHBEARER',
  'XOAUTH2',
  'PLAIN',
  'LOGIN',
  'ANONYMOUS',
]

test('of what is offered, the client takes the strongest, in whatever order it is offered', () => {
  for (let from = 0; from < PREFERRED.length; from++)
    for (const offered of orders(PREFERRED.slice(from)))
      assert.equal(chosen(offered, everything), PREFERRED[from])
})

test('the preference names each mechanism that is not obsolete', () => {
  assert.deepEqual([...CLIENT_MECHANISMS].filter((name) => name !== 'CRAM-MD5').sort(), PREFERRED.toSorted())
})

test('CRAM-MD5 is used only when the policy names it', () => {
  assert.throws(() => chosen(['CRAM-MD5']), /CRAM-MD5: obsolete, and the policy does not name it/)
  assert.equal(chosen(['CRAM-MD5', 'PLAIN']), 'PLAIN')
  assert.equal(chosen(['CRAM-MD5', 'LOGIN'], password, { mechanisms: ['CRAM-MD5'] }), 'CRAM-MD5')
  assert.equal(chosen(['CRAM-MD5', 'PLAIN'], password, { mechanisms: ['PLAIN', 'CRAM-MD5'] }), 'CRAM-MD5')
})

test('one name forces one mechanism, and nothing stands in for it', () => {
  const offered = ['SCRAM-SHA-256', 'PLAIN']
  assert.equal(chosen(offered, password, { mechanisms: ['PLAIN'] }), 'PLAIN')
  assert.throws(
    () => chosen(offered, password, { mechanisms: ['LOGIN'] }),
    /SCRAM-SHA-256, PLAIN: the policy does not name it\n {2}LOGIN: the server does not offer it$/,
  )
})

test('a minimum is kept, whatever is offered: what worked once is not talked down', () => {
  const offered = ['SCRAM-SHA-256', 'PLAIN', 'CRAM-MD5', 'ANONYMOUS']
  const credentials = { ...password, anonymous: true }
  assert.equal(chosen(offered, credentials, { minimum: 'scram' }), 'SCRAM-SHA-256')
  assert.throws(
    () => chosen(['PLAIN'], credentials, { minimum: 'scram' }),
    (error) =>
      error instanceof NoMechanism && /PLAIN: the policy asks for scram at least/.test(error.message),
  )
  assert.throws(() => chosen(offered, credentials, { minimum: 'bound' }), NoMechanism)
  assert.throws(
    () => chosen(['CRAM-MD5'], credentials, { minimum: 'scram', mechanisms: ['CRAM-MD5'] }),
    NoMechanism,
  )
  assert.throws(() => chosen(['ANONYMOUS'], credentials, { minimum: 'plaintext' }), NoMechanism)
  assert.equal(chosen(['ANONYMOUS'], credentials, { minimum: 'anonymous' }), 'ANONYMOUS')
  assert.equal(
    chosen([...offered, 'SCRAM-SHA-1-PLUS'], credentials, { minimum: 'bound' }),
    'SCRAM-SHA-1-PLUS',
  )
  assert.throws(() => saslClient(password, { minimum: 'strong' as never }), RangeError)
})

test('each mechanism is passed over where the credentials for it are missing, and it is said which', () => {
  for (const [offered, credentials, missing] of [
    ['PLAIN', { authcid: 'user' }, 'a password'],
    ['PLAIN', { password: 'pencil' }, 'an authcid'],
    ['LOGIN', { ...password, authzid: 'admin' }, 'no authzid'],
    ['SCRAM-SHA-256', {}, 'a password'],
    ['OAUTHBEARER', password, 'a token'],
    ['XOAUTH2', { token: 'token' }, 'an authcid'],
    ['EXTERNAL', password, 'external: true'],
    ['ANONYMOUS', password, 'anonymous: true'],
  ] as const)
    assert.throws(
      () => chosen([offered], credentials),
      (error) => error instanceof NoMechanism && error.message.includes(`${offered}: it needs ${missing}`),
    )
})

test('where anybody can listen, no secret is shown, and it is said that TLS is what is missing', () => {
  for (const names of [['PLAIN', 'LOGIN', 'OAUTHBEARER', 'XOAUTH2'], ['PLAIN'], ['NTLM', 'LOGIN']])
    assert.throws(
      () => chosen(names, { ...password, token: 'token' }, {}, open),
      (error) =>
        error instanceof NoMechanism &&
        error.reason === 'encryption-required' &&
        names.every((name) =>
          error.considered.some((one) => one.name === name && one.verdict === 'passed-over'),
        ) &&
        /(PLAIN|LOGIN): it shows the secret to whoever listens/.test(error.message),
    )
  assert.equal(chosen(['PLAIN', 'SCRAM-SHA-256'], password, {}, open), 'SCRAM-SHA-256')
  assert.equal(chosen(['PLAIN'], password, { [allowPlaintext]: true }, open), 'PLAIN')
  assert.throws(() => saslClient(password).select(['PLAIN']), NoMechanism)
})

test('the exchange that may show the secret is the one of the policy, not of a careless option', async () => {
  const options = { [allowPlaintext]: true } as object
  assert.throws(() => saslClient(password).select(['PLAIN'], open, options), NoMechanism)
  const exchange = saslClient(password, { [allowPlaintext]: true }).select(['PLAIN'], open)
  assert.equal(text((await exchange.start())!), '\0user\0pencil')
})

test('the explanation is data: each name, once, with what became of it', () => {
  const client = saslClient(password)
  const offered = ['PLAIN', 'XOAUTH2', 'SCRAM-SHA-256', 'PLAIN', 'NTLM', 'SCRAM-SHA-256-PLUS']
  const considered = [
    { name: 'SCRAM-SHA-256-PLUS', verdict: 'passed-over', why: 'this connection has no channel binding' },
    { name: 'SCRAM-SHA-256', verdict: 'selected', why: 'the most preferred that can be used' },
    { name: 'XOAUTH2', verdict: 'passed-over', why: 'it needs a token' },
    { name: 'PLAIN', verdict: 'less-preferred', why: 'SCRAM-SHA-256 is preferred' },
    { name: 'NTLM', verdict: 'passed-over', why: 'not known here' },
  ]
  assert.deepEqual(client.consider(offered, unbound), considered)
  assert.deepEqual(client.select(offered, unbound).considered, considered)
})

test('why a connection has no binding is passed on', () => {
  const connection: Connection = {
    secure: true,
    unavailableBindings: [{ type: 'tls-server-end-point', reason: 'Ed25519 has no hash' }],
  }
  assert.throws(
    () => chosen(['SCRAM-SHA-256-PLUS'], password, {}, connection),
    /this connection has no channel binding \(tls-server-end-point: Ed25519 has no hash\)/,
  )
})

test('a list that is empty, or knows nothing we do, is never an excuse', () => {
  assert.throws(
    () => chosen([]),
    (error) => error instanceof NoMechanism && error.message === 'the server offers no mechanism',
  )
  assert.throws(() => chosen(['NTLM', 'GSSAPI']), NoMechanism)
})

const names = readVectors<{ invalid: string[] }>('attacks/mechanism-names.json')

test('names that are none are not known, and do no harm to a message', () => {
  for (const name of [
    ...names.invalid,
    'scram-sha-256',
    '\u001b[2J',
    '\u202e',
    '__proto__',
    'valueOf',
    'then',
  ]) {
    assert.throws(
      () => chosen([name]),
      (error) => {
        assert.ok(error instanceof NoMechanism)
        assert.doesNotMatch(error.message.replaceAll('\n  ', ''), /[^\x20-\x7e]/)
        assert.ok(error.message.split('\n  ')[1]!.length < 60)
        return true
      },
      JSON.stringify(name),
    )
    assert.equal(chosen([name, 'PLAIN', name]), 'PLAIN')
  }
})

test('a list of 64 names is read, of 65 not', () => {
  const many = (count: number) => Array.from({ length: count - 1 }, (_, at) => `X-${at}`).concat('PLAIN')
  assert.equal(chosen(many(64)), 'PLAIN')
  for (const count of [65, 10_000])
    assert.throws(
      () => chosen(many(count)),
      (error) => error instanceof SaslError && error.reason === 'limit-exceeded',
    )
})

test('what the caller got wrong is said at once', () => {
  for (const [credentials, policy] of [
    [{ ...password, authcid: '' }, {}],
    [{ ...password, authcid: 'a\0b' }, {}],
    [{ ...password, authcid: '\ud800' }, {}],
    [{ ...password, authzid: 'a\0b' }, {}],
    [password, { mechanisms: ['PLANE' as never] }],
    [password, { mechanisms: ['__proto__' as never] }],
    [password, { channelBinding: 'maybe' as never }],
    [password, { iterations: [0, 1] }],
    [password, { iterations: [2, 1] }],
    [{}, { mechanisms: [{ ...own, name: 'x own' }] }],
    [{}, { mechanisms: [{ ...own, name: 'X OWN' }] }],
    [{}, { mechanisms: [{ ...own, name: '' }] }],
  ] as readonly (readonly [ClientCredentials, ClientPolicy])[])
    assert.throws(
      () => saslClient(credentials, policy),
      (error) => error instanceof TypeError || error instanceof RangeError,
    )
  assert.throws(
    () => saslClient(password, { mechanisms: ['PLANE' as never] }),
    /known are .*SCRAM-SHA-256.*PLAIN/,
  )
})

test('where no connection was passed, that is what is missing', () => {
  const client = saslClient(password)
  assert.throws(
    () => client.select(['PLAIN']),
    /\nnothing is known of the connection; pass \{ secure \}, as it is/,
  )
  assert.throws(
    () => client.select(['PLAIN'], { secure: false }),
    (error) => error instanceof NoMechanism && !error.message.includes('nothing is known'),
  )
})

/** One's own mechanism. */
const own: ClientMechanism = { name: 'X-OWN', start: () => finish(utf8('own')) }

test('a mechanism of one’s own comes first, and obeys the policy', () => {
  const offered = ['SCRAM-SHA-256', 'X-OWN', 'PLAIN']
  assert.equal(chosen(offered, {}, { mechanisms: [own] }), 'X-OWN')
  const long = { ...own, name: 'ECDSA-NIST256P-CHALLENGE' }
  assert.equal(chosen([long.name], {}, { mechanisms: [long] }), long.name)
  assert.equal(chosen(offered, password, { mechanisms: [own, 'PLAIN'] }), 'X-OWN')
  assert.equal(chosen(['PLAIN'], password, { mechanisms: [own, 'PLAIN'] }), 'PLAIN')
  const plaintext = { ...own, plaintext: true }
  assert.throws(() => chosen(offered, {}, { mechanisms: [plaintext] }, open), NoMechanism)
  assert.throws(() => chosen(offered, {}, { mechanisms: [plaintext], minimum: 'scram' }), NoMechanism)
  assert.throws(() => chosen(offered, {}, { mechanisms: [own], channelBinding: 'require' }), NoMechanism)
})

test('a mechanism of one’s own is as strong as the built-in one of its name, or as it says that it is', () => {
  const strongest = (mechanism: ClientMechanism) =>
    STRENGTHS.filter((minimum) => {
      try {
        return chosen([mechanism.name], {}, { mechanisms: [mechanism], minimum }) === mechanism.name
      } catch (error) {
        assert.ok(error instanceof NoMechanism)
        return false
      }
    }).at(-1)
  const { authcid } = password
  const credentials = { authcid: authcid!, password: 'pencil' }
  assert.equal(strongest(anonymousClient()), 'anonymous')
  assert.equal(strongest(plainClient(credentials)), 'plaintext')
  assert.equal(strongest(cramMd5Client(credentials)), 'challenge')
  assert.equal(strongest(scramClient('SHA-256', credentials)), 'scram')
  assert.equal(strongest(scramClient('SHA-256-PLUS', credentials)), 'bound')
  assert.equal(strongest({ ...own, plaintext: true }), 'plaintext')
  assert.equal(strongest(own), 'challenge')
  assert.equal(strongest({ ...own, mutual: true }), 'scram')
  assert.equal(strongest({ ...own, name: 'X-OWN-PLUS', mutual: true }), 'bound')
})

const STRENGTHS: readonly Strength[] = ['anonymous', 'plaintext', 'challenge', 'scram', 'bound']

test('a mechanism of one’s own may stand in for a built-in one', async () => {
  const exchange = saslClient({}, { mechanisms: [{ ...own, name: 'PLAIN' }] }).select(['PLAIN'], tls)
  assert.equal(text((await exchange.start())!), 'own')
})

test('with types of binding chosen, a connection is still asked for all else, when it is needed', async () => {
  class Watched {
    secure = true
    get tlsVersion() {
      return 'TLSv1.3'
    }
    get channelBindings() {
      return tls.channelBindings
    }
  }
  const connection = new Watched()
  const client = saslClient(password, { bindingTypes: ['tls-exporter'] })
  assert.equal(client.select(CLIENT_MECHANISMS, connection).mechanism, 'SCRAM-SHA3-512-PLUS')
  const flagged = await client.select(['SCRAM-SHA-256'], connection).start()
  assert.ok(text(flagged!).startsWith('y,,'))
  const exchange = client.select(['PLAIN'], connection)
  connection.secure = false
  await assert.rejects(
    async () => exchange.start(),
    (error) => error instanceof SaslError && error.reason === 'encryption-required',
  )
  const frozen = client.select(['SCRAM-SHA-256-PLUS'], Object.freeze({ ...tls }))
  assert.ok(text((await frozen.start())!).startsWith('p=tls-exporter,,'))
})

test('a policy may inherit: its bounds hold all the same', async () => {
  const policy: ClientPolicy = Object.create({ iterations: [10_000, 20_000] })
  const exchange = saslClient(password, policy).select(['SCRAM-SHA-256'], unbound)
  const nonce = /r=(.*)/.exec(text((await exchange.start())!))![1]
  await assert.rejects(
    async () => exchange.challenge(utf8(`r=${nonce}x,s=QSXCR+Q6sek8bf92,i=9999`)),
    (error) => error instanceof SaslError && error.reason === 'unacceptable',
  )
})
