/** Hostile clients and servers of OAUTHBEARER (RFC 7628) and XOAUTH2. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { TokenVerifier } from '../../src/directory.js'
import { SaslError } from '../../src/errors.js'
import { ClientExchange } from '../../src/exchange/client.js'
import { ServerExchange } from '../../src/exchange/server.js'
import { TokenRefused } from '../../src/mechanisms/oauth.js'
import { oauthBearerClient, oauthBearerServer } from '../../src/mechanisms/oauthbearer.js'
import { xoauth2Client, xoauth2Server } from '../../src/mechanisms/xoauth2.js'
import { concat, type Octets, text, utf8 } from '../../src/octets.js'
import type { ClientMechanism } from '../../src/step.js'
import { fromHex } from '../vectors.js'

const connection = { secure: true }

function watched(verdict: Awaited<ReturnType<TokenVerifier['verifyToken']>> = { authcid: 'user' }) {
  const asked: string[] = []
  const verifier: TokenVerifier = {
    async verifyToken(token) {
      asked.push(token)
      return verdict
    },
  }
  return { asked, verifier }
}

const pairs = (count: number) => Array.from({ length: count }, (_, at) => `${key(at)}=x\x01`).join('')
/** Keys are letters. */
const key = (at: number) => `k${[...`${at}`].map((digit) => 'abcdefghij'[Number(digit)]).join('')}`

const MALFORMED_BEARER: readonly (readonly [name: string, message: string | Octets])[] = [
  ['nothing', ''],
  ['a header alone', 'n,,'],
  ['no pairs', 'n,,\x01\x01'],
  ['no final %x01', 'n,,\x01auth=Bearer good\x01'],
  ['three final %x01', 'n,,\x01auth=Bearer good\x01\x01\x01'],
  ['octets behind the end', 'n,,\x01auth=Bearer good\x01\x01x'],
  ['no %x01 behind the header', 'n,,auth=Bearer good\x01\x01'],
  ['no auth', 'n,,\x01host=a\x01\x01'],
  ['auth twice', 'n,,\x01auth=Bearer good\x01auth=Bearer good\x01\x01'],
  ['auth twice, in two cases', 'n,,\x01auth=Bearer good\x01AUTH=Bearer evil\x01\x01'],
  ['an empty auth', 'n,,\x01auth=\x01\x01'],
  ['Bearer without a token', 'n,,\x01auth=Bearer \x01\x01'],
  ['Basic', 'n,,\x01auth=Basic dXNlcjpwZW5jaWw=\x01\x01'],
  ['two spaces', 'n,,\x01auth=Bearer  good\x01\x01'],
  ['a space in the token', 'n,,\x01auth=Bearer go od\x01\x01'],
  ['a quote in the token', 'n,,\x01auth=Bearer go"od\x01\x01'],
  ['CRLF in the token', 'n,,\x01auth=Bearer go\r\nod\x01\x01'],
  ['NUL in the token', 'n,,\x01auth=Bearer go\0od\x01\x01'],
  ['a token beyond ASCII', 'n,,\x01auth=Bearer go\u00e9d\x01\x01'],
  ['padding within the token', 'n,,\x01auth=Bearer go=od\x01\x01'],
  ['a key that is not letters', 'n,,\x01a1=x\x01auth=Bearer good\x01\x01'],
  ['a pair without "="', 'n,,\x01host\x01auth=Bearer good\x01\x01'],
  ['an empty pair', 'n,,\x01\x01auth=Bearer good\x01\x01'],
  ['over 32 keys', `n,,\x01${pairs(32)}auth=Bearer good\x01\x01`],
  ['auth in front of over 32 keys', `n,,\x01auth=Bearer good\x01${pairs(32)}\x01`],
  ...['0', '65536', '-1', 'imap', '0143', ' 143', '1e3', ''].map(
    (port) =>
      [`the port ${JSON.stringify(port)}`, `n,,\x01port=${port}\x01auth=Bearer good\x01\x01`] as const,
  ),
  ['a channel binding', 'p=tls-exporter,,\x01auth=Bearer good\x01\x01'],
  ['a bad escape in the authzid', 'n,a=us=er,\x01auth=Bearer good\x01\x01'],
  ['an empty authzid', 'n,a=,\x01auth=Bearer good\x01\x01'],
  ['a control character in the authzid', 'n,a=us\ner,\x01auth=Bearer good\x01\x01'],
  ['ill-formed UTF-8', concat(utf8('n,a=us'), fromHex('ff'), utf8('er,\x01auth=Bearer good\x01\x01'))],
  ['XOAUTH2', 'user=user\x01auth=Bearer good\x01\x01'],
]

const MALFORMED_XOAUTH2: readonly (readonly [name: string, message: string | Octets])[] = [
  ['nothing', ''],
  ['no final %x01', 'user=user\x01auth=Bearer good\x01'],
  ['three final %x01', 'user=user\x01auth=Bearer good\x01\x01\x01'],
  ['no user', 'auth=Bearer good\x01\x01'],
  ['an empty user', 'user=\x01auth=Bearer good\x01\x01'],
  ['no auth', 'user=user\x01\x01'],
  ['Basic', 'user=user\x01auth=Basic good\x01\x01'],
  ['two spaces', 'user=user\x01auth=Bearer  good\x01\x01'],
  ['a quote in the token', 'user=user\x01auth=Bearer go"od\x01\x01'],
  ['CRLF in the token', 'user=user\x01auth=Bearer go\r\nod\x01\x01'],
  ['CRLF in the user', 'user=us\r\ner\x01auth=Bearer good\x01\x01'],
  ['a pair more', 'user=user\x01auth=Bearer good\x01x=y\x01\x01'],
  ['ill-formed UTF-8', concat(utf8('user=us'), fromHex('ff'), utf8('er\x01auth=Bearer good\x01\x01'))],
  ['OAUTHBEARER', 'n,a=user,\x01auth=Bearer good\x01\x01'],
]

for (const [mechanism, half, rows] of [
  ['OAUTHBEARER', oauthBearerServer, MALFORMED_BEARER],
  ['XOAUTH2', xoauth2Server, MALFORMED_XOAUTH2],
] as const)
  for (const [name, message] of rows)
    test(`${mechanism} server: ${name} is malformed, and no token is verified`, async () => {
      const { asked, verifier } = watched()
      const exchange = new ServerExchange(half(verifier), { connection })
      const reply = await exchange.step(typeof message === 'string' ? utf8(message) : message)
      assert.ok(reply.kind === 'failure', reply.kind)
      assert.equal(reply.reason, 'malformed')
      assert.deepEqual(asked, [])
    })

test('OAUTHBEARER server: what the grammar allows is taken', async () => {
  for (const message of [
    'n,,\x01auth=Bearer good\x01\x01',
    'y,,\x01auth=bearer good\x01\x01',
    'n,a=user,\x01host=server.example.com\x01port=143\x01auth=Bearer good\x01\x01',
    'n,,\x01auth=Bearer good\x01mthd=POST\x01path=/\x01qs=\x01\x01',
    `n,,\x01${pairs(31)}auth=Bearer good\x01\x01`,
  ]) {
    const { asked, verifier } = watched()
    const exchange = new ServerExchange(oauthBearerServer(verifier), { connection })
    assert.equal((await exchange.step(utf8(message))).kind, 'success', JSON.stringify(message))
    assert.deepEqual(asked, ['good'])
  }
})

test('a token may be as long as a message may be, and no longer', async () => {
  const { verifier } = watched()
  for (const [excess, kind] of [
    [0, 'success'],
    [1, 'limit-exceeded'],
  ] as const) {
    const frame = 'n,,\x01auth=Bearer \x01\x01'
    const exchange = new ServerExchange(oauthBearerServer(verifier), { connection })
    const token = 'a'.repeat(12_288 - frame.length + excess)
    const reply = await exchange.step(utf8(`n,,\x01auth=Bearer ${token}\x01\x01`))
    assert.equal(reply.kind === 'failure' ? reply.reason : reply.kind, kind)
  }
})

const REFUSED = { status: 'invalid_token' }

for (const [mechanism, half, message, answer] of [
  ['OAUTHBEARER', oauthBearerServer, 'n,,\x01auth=Bearer evil\x01\x01', '\x01'],
  ['XOAUTH2', xoauth2Server, 'user=user\x01auth=Bearer evil\x01\x01', ''],
] as const) {
  test(`${mechanism} server: a refused token ends in failure, whatever the client answers`, async () => {
    for (const [reaction, reason] of [
      [utf8(answer), 'invalid-credentials'],
      [utf8(`${answer}x`), 'malformed'],
      [utf8(answer ? '' : '\x01'), 'malformed'],
      [utf8(message.replace('evil', 'good')), 'malformed'],
      [undefined, 'malformed'],
    ] as const) {
      const { asked, verifier } = watched(REFUSED)
      const exchange = new ServerExchange(half(verifier), { connection })
      const told = await exchange.step(utf8(message))
      assert.equal(told.kind === 'challenge' && text(told.challenge), '{"status":"invalid_token"}')
      const reply = await exchange.step(reaction)
      assert.equal(reply.kind === 'failure' && reply.reason, reason)
      assert.deepEqual(asked, ['evil'])
      assert.throws(() => exchange.step(utf8(answer)), TypeError)
    }
  })

  test(`${mechanism} server: what the client is told is JSON, whatever the verifier says`, async () => {
    const problem = { status: 'inv"alid\r\n', scope: 'a\u2028b', openidConfiguration: undefined, secret: 'x' }
    const exchange = new ServerExchange(half(watched(problem).verifier), { connection })
    const told = await exchange.step(utf8(message))
    assert.ok(told.kind === 'challenge')
    assert.deepEqual(JSON.parse(text(told.challenge)), { status: 'inv"alid\r\n', scope: 'a\u2028b' })
    assert.doesNotMatch(text(told.challenge), /[\r\n]/)
  })

  test(`${mechanism} server: the identity is the token's, and another authzid is for authorize to judge`, async () => {
    for (const [authorize, end] of [
      [undefined, 'not-authorized'],
      [() => false, 'not-authorized'],
      [() => true, 'success'],
    ] as const) {
      const exchange = new ServerExchange(half(watched({ authcid: 'owner' }).verifier), {
        connection,
        authorize,
      })
      const asked = mechanism === 'XOAUTH2' ? message : message.replace('n,,', 'n,a=user,')
      const reply = await exchange.step(utf8(asked))
      assert.equal(reply.kind === 'failure' ? reply.reason : reply.kind, end)
      if (reply.kind === 'success') assert.deepEqual(reply.identity, { authcid: 'owner', authzid: 'user' })
    }
  })
}

test('XOAUTH2 server: an authzid that is the owner of the token needs no authorize', async () => {
  const exchange = new ServerExchange(xoauth2Server(watched({ authcid: 'user' }).verifier), { connection })
  assert.equal((await exchange.step(utf8('user=user\x01auth=Bearer good\x01\x01'))).kind, 'success')
})

// ── The client ──────────────────────────────────────────────────────────────────────────────────

const CLIENTS: readonly (readonly [mechanism: ClientMechanism, answer: string])[] = [
  [oauthBearerClient({ token: 'old' }), '\x01'],
  [xoauth2Client({ authcid: 'user', token: 'old' }), ''],
]

for (const [mechanism, answer] of CLIENTS) {
  test(`${mechanism.name} client: after it conceded, neither success nor a second error is believed`, async () => {
    const told = async () => {
      const exchange = new ClientExchange(mechanism, { connection })
      await exchange.start()
      assert.equal(text(await exchange.challenge(utf8('{"status":"invalid_token"}'))), answer)
      return exchange
    }
    const first = await told()
    await assert.rejects(async () => first.success(), TokenRefused)
    const second = await told()
    await assert.rejects(
      async () => second.challenge(utf8('{"status":"invalid_token"}')),
      (error) => error instanceof SaslError && error.reason === 'malformed',
    )
  })

  test(`${mechanism.name} client: an error in any shape is an error, and nothing of it reaches a terminal`, async () => {
    for (const [json, status] of [
      ['', undefined],
      ['{', undefined],
      ['null', undefined],
      ['[]', undefined],
      ['"text"', undefined],
      ['{"status":401}', undefined],
      ['{"status":"401","__proto__":{"scope":"x"}}', '401'],
      ['{"status":"a\\r\\n\\u001b[2J\\u202eb"}', 'a\ufffd\ufffd\ufffd[2J\ufffdb'],
      [`{"status":"${'a'.repeat(4000)}"}`, 'a'.repeat(256)],
      ['{"status":"\\ud800"}', '\ufffd'],
    ] as const) {
      const exchange = new ClientExchange(mechanism, { connection })
      await exchange.start()
      assert.equal(text(await exchange.challenge(utf8(json))), answer)
      const error = exchange.failure()
      assert.ok(error instanceof TokenRefused)
      assert.equal(error.status, status, json)
      assert.equal(error.scope, undefined)
      assert.doesNotMatch(error.message, /[\0-\u001f\u202e]/)
    }
  })

  test(`${mechanism.name} client: an error of over 4 KiB is refused`, async () => {
    const exchange = new ClientExchange(mechanism, { connection })
    await exchange.start()
    await assert.rejects(
      async () => exchange.challenge(new Uint8Array(4097).fill(0x20)),
      (error) => error instanceof SaslError && error.reason === 'limit-exceeded',
    )
  })

  test(`${mechanism.name} client: what is no bearer token is the fault of the caller, and is not shown`, async () => {
    for (const token of [
      '',
      'sen tinel',
      'sentinel\x01',
      'sentinel"',
      'sentin\u00e9l',
      7 as never,
      undefined as never,
    ]) {
      const half =
        mechanism.name === 'XOAUTH2'
          ? xoauth2Client({ authcid: 'user', token: () => token })
          : oauthBearerClient({ token: async () => token })
      const exchange = new ClientExchange(half, { connection })
      await assert.rejects(
        async () => exchange.start(),
        (error) => error instanceof TypeError && !error.message.includes('sentin'),
      )
    }
  })
}
