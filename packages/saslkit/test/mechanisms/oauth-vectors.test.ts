import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { TokenRequest, TokenVerifier } from '../../src/directory.js'
import { ClientExchange } from '../../src/exchange/client.js'
import { ServerExchange } from '../../src/exchange/server.js'
import { TokenRefused } from '../../src/mechanisms/oauth.js'
import { oauthBearerClient, oauthBearerServer } from '../../src/mechanisms/oauthbearer.js'
import { xoauth2Client, xoauth2Server } from '../../src/mechanisms/xoauth2.js'
import { base64, hex, text, utf8 } from '../../src/octets.js'
import { fromHex, readVectors } from '../vectors.js'

interface Message {
  readonly source: string
  readonly client_first_hex: string
  readonly client_first_base64: string
  readonly token: string
}

const vectors = readVectors<{
  oauthbearer: (Message & { authzid: string; host: string; port: number })[]
  oauthbearer_error: {
    source: string
    server_challenge: string
    server_challenge_base64: string
    client_dummy_response_hex: string
  }
  xoauth2: (Message & { username: string })[]
  xoauth2_error: { source: string; server_challenge: string; client_reply_hex: string }
}>('public/oauth.json')

const authorize = () => true

/** Believes every token, and keeps what it was asked. */
function believer() {
  const asked: [token: string, request: TokenRequest][] = []
  const verifier: TokenVerifier = {
    verifyToken(token, request) {
      asked.push([token, request])
      return { authcid: 'token-owner' }
    },
  }
  return { asked, verifier }
}

for (const {
  source,
  client_first_hex,
  client_first_base64,
  token,
  authzid,
  host,
  port,
} of vectors.oauthbearer) {
  const connection = { secure: true, host, port }
  test(`an OAUTHBEARER client says what ${source} has`, async () => {
    const exchange = new ClientExchange(oauthBearerClient({ token, authzid }), { connection })
    const message = (await exchange.start())!
    assert.equal(hex(message), client_first_hex)
    assert.equal(base64(message), client_first_base64)
    await exchange.success()
  })

  test(`an OAUTHBEARER server reads what ${source} has`, async () => {
    const { asked, verifier } = believer()
    const exchange = new ServerExchange(oauthBearerServer(verifier), { connection, authorize })
    const reply = await exchange.step(fromHex(client_first_hex))
    assert.deepEqual(asked, [[token, { authzid, host, port }]])
    assert.ok(reply.kind === 'success')
    assert.deepEqual(reply.identity, { authcid: 'token-owner', authzid })
  })
}

for (const { source, client_first_hex, client_first_base64, token, username } of vectors.xoauth2) {
  const connection = { secure: true }
  test(`an XOAUTH2 client says what ${source} has`, async () => {
    const exchange = new ClientExchange(xoauth2Client({ authcid: username, token }), { connection })
    const message = (await exchange.start())!
    assert.equal(hex(message), client_first_hex)
    assert.equal(base64(message), client_first_base64)
    await exchange.success()
  })

  test(`an XOAUTH2 server reads what ${source} has`, async () => {
    const { asked, verifier } = believer()
    const exchange = new ServerExchange(xoauth2Server(verifier), { connection, authorize })
    const reply = await exchange.step(fromHex(client_first_hex))
    assert.deepEqual(asked, [[token, { authzid: username, host: undefined, port: undefined }]])
    assert.ok(reply.kind === 'success')
    assert.deepEqual(reply.identity, { authcid: 'token-owner', authzid: username })
  })
}

const connection = { secure: true }

test(`a refused OAUTHBEARER token is told and conceded as in ${vectors.oauthbearer_error.source}`, async () => {
  const { server_challenge, server_challenge_base64, client_dummy_response_hex } = vectors.oauthbearer_error
  const client = new ClientExchange(oauthBearerClient({ token: 'old' }), { connection })
  const server = new ServerExchange(
    oauthBearerServer({
      verifyToken: () => ({
        status: 'invalid_token',
        scope: 'example_scope',
        openidConfiguration: 'https://example.com/.well-known/openid-configuration',
      }),
    }),
    { connection },
  )
  const told = await server.step(await client.start())
  assert.ok(told.kind === 'challenge')
  assert.equal(text(told.challenge), server_challenge)
  assert.equal(base64(told.challenge), server_challenge_base64)
  const conceded = await client.challenge(told.challenge)
  assert.equal(hex(conceded), client_dummy_response_hex)
  const reply = await server.step(conceded)
  assert.ok(reply.kind === 'failure' && reply.reason === 'invalid-credentials')
  const error = client.failure()
  assert.ok(error instanceof TokenRefused)
  assert.equal(error.reason, 'invalid-credentials')
  assert.equal(error.status, 'invalid_token')
  assert.equal(error.scope, 'example_scope')
  assert.equal(error.openidConfiguration, 'https://example.com/.well-known/openid-configuration')
})

test(`a refused XOAUTH2 token is conceded by nothing, as in ${vectors.xoauth2_error.source}`, async () => {
  const { server_challenge, client_reply_hex } = vectors.xoauth2_error
  const client = new ClientExchange(xoauth2Client({ authcid: 'someuser@example.com', token: 'old' }), {
    connection,
  })
  await client.start()
  assert.equal(hex(await client.challenge(utf8(server_challenge))), client_reply_hex)
  const error = client.failure()
  assert.ok(error instanceof TokenRefused)
  assert.equal(error.status, '401')
  assert.equal(error.scope, 'https://mail.google.com/')
  assert.equal(error.openidConfiguration, undefined)
})
