/** What a directory's verdict comes to, and what each half is called. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { hashFunction } from '#crypto'
import type { Held, ScramCredentials } from '../../src/directory.js'
import { ServerExchange } from '../../src/exchange/server.js'
import { anonymousServer } from '../../src/mechanisms/anonymous.js'
import { cramMd5Server } from '../../src/mechanisms/cram-md5.js'
import { externalServer } from '../../src/mechanisms/external.js'
import { judge } from '../../src/mechanisms/judge.js'
import { loginServer } from '../../src/mechanisms/login.js'
import { TokenRefused } from '../../src/mechanisms/oauth.js'
import { oauthBearerServer } from '../../src/mechanisms/oauthbearer.js'
import { plainServer } from '../../src/mechanisms/plain.js'
import { scramServer } from '../../src/mechanisms/scram/server.js'
import { xoauth2Server } from '../../src/mechanisms/xoauth2.js'
import { hex, text, utf8 } from '../../src/octets.js'

const asked = { authcid: 'tim', authzid: undefined }
const decoySecret = utf8('sixteen octets at least')

test('only true and a name are success; no verdict is a refusal, and what is none is the fault of the directory', () => {
  const identityOf = (verdict: unknown) => {
    const step = judge(verdict as never, asked)
    return step.kind === 'success' ? step.identity : undefined
  }
  assert.deepEqual(identityOf(true), asked)
  assert.deepEqual(identityOf({ authcid: 'Tim' }), { ...asked, authcid: 'Tim' })
  assert.deepEqual(identityOf({ refused: undefined, authcid: 'Tim' }), { ...asked, authcid: 'Tim' })
  for (const verdict of [false, undefined, null])
    assert.equal((judge(verdict as never, asked) as { reason: string }).reason, 'invalid-credentials')
  for (const verdict of [
    1,
    'tim',
    'authcid',
    {},
    { authcid: '' },
    { authcid: 7 },
    { refused: 'whatever' },
    Symbol('x'),
  ]) {
    const step = judge(verdict as never, asked)
    assert.ok(step.kind === 'failure' && step.reason === 'temporary' && step.cause instanceof TypeError)
    if (typeof verdict === 'object' && 'refused' in verdict)
      assert.equal(
        step.cause.message,
        'refused is one of account-disabled, credentials-expired, not-authorized',
      )
  }
  for (const refused of ['account-disabled', 'credentials-expired', 'not-authorized'] as const)
    assert.equal((judge({ refused }, asked) as { reason: string }).reason, refused)
})

test('a canonical name from the directory is whom the client is, and not whom it asked to act as', async () => {
  const server = cramMd5Server({ secret: () => ({ secret: 'pencil', authcid: 'Tim' }) }, {
    challenge: () => '<1@x>',
  } as never)
  const exchange = new ServerExchange(server)
  await exchange.step(undefined)
  const proof = (await hashFunction('MD5')).hmac(utf8('pencil'), utf8('<1@x>'))
  const reply = await exchange.step(utf8(`tim ${hex(proof)}`))
  assert.deepEqual(reply.kind === 'success' && reply.identity, { authcid: 'Tim' })
})

test('each server half goes by its name', () => {
  const verifyPassword = () => true
  const verifyToken = () => true
  assert.equal(anonymousServer().name, 'ANONYMOUS')
  assert.equal(cramMd5Server({ secret: () => undefined }).name, 'CRAM-MD5')
  assert.equal(externalServer().name, 'EXTERNAL')
  assert.equal(loginServer({ verifyPassword }).name, 'LOGIN')
  assert.equal(plainServer({ verifyPassword }).name, 'PLAIN')
  assert.equal(oauthBearerServer({ verifyToken } as never).name, 'OAUTHBEARER')
  assert.equal(xoauth2Server({ verifyToken } as never).name, 'XOAUTH2')
  const scram = scramServer('SHA3-512-PLUS', { scramCredentials: () => undefined }, { decoySecret })
  assert.equal(scram.name, 'SCRAM-SHA3-512-PLUS')
})

test('a token verdict is an object, or the fault of the directory', async () => {
  for (const verdict of [undefined, null, false, 'status', 7, true]) {
    const server = oauthBearerServer({ verifyToken: () => verdict } as never)
    const exchange = new ServerExchange(server, { connection: { secure: true } })
    const reply = await exchange.step(utf8('n,,\x01auth=Bearer token\x01\x01'))
    assert.ok(reply.kind === 'failure' && reply.reason === 'temporary', String(verdict))
    assert.match(String(reply.cause), /a token verdict is/)
  }
})

test('a problem without words is the fault of the directory, and nothing that a client is told', async () => {
  for (const status of ['', null, false, 401, {}]) {
    for (const server of [oauthBearerServer, xoauth2Server]) {
      const exchange = new ServerExchange(server({ verifyToken: () => ({ status }) } as never), {
        connection: { secure: true },
      })
      const oauthBearer = server === oauthBearerServer
      const reply = await exchange.step(
        utf8(oauthBearer ? 'n,,\x01auth=Bearer token\x01\x01' : 'user=tim\x01auth=Bearer token\x01\x01'),
      )
      assert.ok(reply.kind === 'failure' && reply.reason === 'temporary', String(status))
      assert.match(String(reply.cause), /a token verdict is/)
    }
  }
  const server = oauthBearerServer({ verifyToken: () => ({ status: undefined, authcid: 'tim' }) } as never)
  const exchange = new ServerExchange(server, { connection: { secure: true } })
  assert.equal((await exchange.step(utf8('n,,\x01auth=Bearer token\x01\x01'))).kind, 'success')
})

test('the answer to a refused token is one octet, and that one', async () => {
  for (const [answer, reason] of [
    ['\x01', 'invalid-credentials'],
    ['\x02', 'malformed'],
    ['', 'malformed'],
    ['\x01\x01', 'malformed'],
  ] as const) {
    const server = oauthBearerServer({ verifyToken: () => ({ status: 'invalid_token' }) })
    const exchange = new ServerExchange(server, { connection: { secure: true } })
    assert.equal((await exchange.step(utf8('n,,\x01auth=Bearer token\x01\x01'))).kind, 'challenge')
    const reply = await exchange.step(utf8(answer))
    assert.equal(reply.kind === 'failure' && reply.reason, reason)
  }
})

test('a refused token says the status, and has the fields that came and no others', () => {
  const none = new TokenRefused({})
  assert.equal(none.name, 'TokenRefused')
  assert.equal(none.message, 'the server refused the token (no status)')
  assert.equal(
    new TokenRefused({ status: 'invalid_token' }).message,
    'the server refused the token (invalid_token)',
  )
})

const KEYS: ScramCredentials = {
  salt: new Uint8Array(16),
  iterations: 4096,
  storedKey: new Uint8Array(32),
  serverKey: new Uint8Array(32),
}

/** How an exchange with a made-up proof ends. */
async function endOf(held: ScramCredentials & Held): Promise<{ reason: string; said: string }> {
  const server = scramServer('SHA-256', { scramCredentials: () => held }, { decoySecret, nonce: () => 'abc' })
  const exchange = new ServerExchange(server)
  let reply = await exchange.step(utf8('n,,n=tim,r=x'))
  if (reply.kind === 'challenge') reply = await exchange.step(utf8(`c=biws,r=xabc,p=${'A'.repeat(43)}=`))
  assert.ok(reply.kind === 'failure')
  return { reason: reply.reason, said: reply.additionalData ? text(reply.additionalData) : '' }
}

test('-PLUS without a binding on our side is refused as such', async () => {
  const server = scramServer('SHA-256-PLUS', { scramCredentials: () => KEYS }, { decoySecret })
  for (const connection of [{ secure: true }, { secure: true, channelBindings: [] }]) {
    const reply = await new ServerExchange(server, { connection }).step(utf8('p=tls-exporter,,n=tim,r=x'))
    assert.ok(reply.kind === 'failure' && reply.additionalData)
    assert.equal(text(reply.additionalData), 'e=unsupported-channel-binding-type')
  }
})

test('a client that could bind is believed where nobody knows what it was offered', async () => {
  for (const offered of [undefined, { mechanisms: [] }, { mechanisms: ['SCRAM-SHA-256'] }]) {
    const server = scramServer('SHA-256', { scramCredentials: () => KEYS }, { decoySecret })
    const reply = await new ServerExchange(server, { offered }).step(utf8('y,,n=tim,r=x'))
    assert.equal(reply.kind, 'challenge')
  }
})

test('keys that no account can have are the fault of the directory', async () => {
  for (const broken of [
    { salt: new Uint8Array(0) },
    { salt: new Uint8Array(1025) },
    { salt: 'salt' },
    { iterations: 0 },
    { iterations: 1.5 },
    { storedKey: new Uint8Array(20) },
    { storedKey: new Uint8Array(33) },
    { serverKey: new Uint8Array(20) },
    { serverKey: undefined },
  ])
    assert.equal((await endOf({ ...KEYS, ...broken } as never)).reason, 'temporary')
  assert.deepEqual(await endOf({ ...KEYS, iterations: 1, salt: new Uint8Array(1) }), {
    reason: 'invalid-credentials',
    said: 'e=invalid-proof',
  })
})

test('where a wrong proof may be the fault of the directory, nobody is told that it was wrong', async () => {
  const fault = new Error('half of the credentials could not be read')
  assert.deepEqual(await endOf({ ...KEYS, fault }), { reason: 'temporary', said: 'e=other-error' })
  const server = cramMd5Server({ secret: () => ({ secret: 'x', fault }) }, {
    challenge: () => '<1@x>',
  } as never)
  const exchange = new ServerExchange(server)
  await exchange.step(undefined)
  const reply = await exchange.step(utf8(`tim ${'0'.repeat(32)}`))
  assert.ok(reply.kind === 'failure' && reply.reason === 'temporary' && reply.cause === fault)
})

test('a canonical name that is none is the fault of the directory', async () => {
  for (const authcid of ['', 7, {}]) {
    const server = scramServer(
      'SHA-256',
      { scramCredentials: () => ({ ...KEYS, authcid }) as never },
      { decoySecret },
    )
    const reply = await new ServerExchange(server).step(utf8('n,,n=tim,r=x'))
    assert.ok(reply.kind === 'failure' && reply.reason === 'temporary')
    assert.match(String(reply.cause), /canonical name is text/)
  }
})

test('-PLUS goes by the binding of the type that the client names', async () => {
  const channelBindings = [{ type: 'tls-exporter', data: new Uint8Array(32) }] as const
  const server = scramServer('SHA-256-PLUS', { scramCredentials: () => KEYS }, { decoySecret })
  for (const [type, kind] of [
    ['tls-exporter', 'challenge'],
    ['tls-unique', 'failure'],
  ] as const) {
    const exchange = new ServerExchange(server, { connection: { secure: true, channelBindings } })
    assert.equal((await exchange.step(utf8(`p=${type},,n=tim,r=x`))).kind, kind)
  }
})

test('CRAM-MD5: who is not known takes the work of the last who was', async () => {
  const secrets: Record<string, Held & ({ secret: string } | { hmacMd5State: Uint8Array })> = {
    text: { secret: 'pencil' },
    state: { hmacMd5State: new Uint8Array(32) },
  }
  const server = cramMd5Server({ secret: (name) => secrets[name] as never })
  const md5 = await hashFunction('MD5')
  const { hmac } = md5
  let made = 0
  md5.hmac = (...given) => {
    made++
    return hmac(...given)
  }
  try {
    for (const [name, count] of [
      ['nobody', 1],
      ['state', 0],
      ['nobody', 0],
      ['text', 1],
      ['nobody', 1],
    ] as const) {
      const exchange = new ServerExchange(server, { connection: { secure: true } })
      await exchange.step(undefined)
      made = 0
      const reply = await exchange.step(utf8(`${name} ${'0'.repeat(32)}`))
      assert.equal(reply.kind === 'failure' && reply.reason, 'invalid-credentials', name)
      assert.equal(made, count, name)
    }
  } finally {
    md5.hmac = hmac
  }
})
