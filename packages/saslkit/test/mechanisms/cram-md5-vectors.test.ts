import assert from 'node:assert/strict'
import { test } from 'node:test'
import { hmacMd5State } from '../../src/crypto/hmac-md5-state.js'
import type { SecretLookup } from '../../src/directory.js'
import { ClientExchange } from '../../src/exchange/client.js'
import { ServerExchange } from '../../src/exchange/server.js'
import { cramMd5Client, cramMd5Server } from '../../src/mechanisms/cram-md5.js'
import { base64, text, utf8 } from '../../src/octets.js'
import { readVectors } from '../vectors.js'

const { vectors } = readVectors<{
  vectors: {
    source: string
    username: string
    password: string
    challenge: string
    challenge_base64: string
    response: string
    response_base64: string
  }[]
}>('public/cram-md5.json')

for (const {
  source,
  username,
  password,
  challenge,
  challenge_base64,
  response,
  response_base64,
} of vectors) {
  test(`a CRAM-MD5 client answers as in ${source}`, async () => {
    assert.equal(base64(utf8(challenge)), challenge_base64)
    const exchange = new ClientExchange(cramMd5Client({ authcid: username, password }))
    assert.equal(await exchange.start(), undefined)
    const answer = await exchange.challenge(utf8(challenge))
    assert.equal(text(answer), response)
    assert.equal(base64(answer), response_base64)
    await exchange.success()
  })

  const kept: readonly (readonly [what: string, secret: Awaited<ReturnType<SecretLookup['secret']>>])[] = [
    ['the password', password],
    ['the password in an object', { secret: password }],
    ['the octets of the password', { secret: utf8(password) }],
    ['the state of its HMAC', { hmacMd5State: hmacMd5State(utf8(password)) }],
  ]
  for (const [what, secret] of kept)
    test(`a CRAM-MD5 server that keeps ${what} believes ${source}, and nothing else`, async () => {
      for (const [answer, kind] of [
        [response, 'success'],
        [response.replace(/.$/, '1'), 'failure'],
      ] as const) {
        const exchange = new ServerExchange(
          cramMd5Server({ secret: () => secret }, { challenge: () => challenge }),
        )
        const first = await exchange.step(undefined)
        assert.ok(first.kind === 'challenge')
        assert.equal(text(first.challenge), challenge)
        const reply = await exchange.step(utf8(answer))
        assert.equal(reply.kind, kind)
        if (reply.kind === 'success') assert.deepEqual(reply.identity, { authcid: username })
      }
    })
}

test('a CRAM-MD5 challenge is new each time, and looks like a message identifier (RFC 2195 section 2)', async () => {
  const seen = new Set<string>()
  const mechanism = cramMd5Server({ secret: () => undefined }, { hostname: 'mail.example.com' })
  for (let i = 0; i < 200; i++) {
    const reply = await new ServerExchange(mechanism).step(undefined)
    assert.ok(reply.kind === 'challenge')
    const challenge = text(reply.challenge)
    assert.match(challenge, /^<[A-Za-z0-9+/]{24}@mail\.example\.com>$/)
    seen.add(challenge)
  }
  assert.equal(seen.size, 200)
})

test('a CRAM-MD5 client prepares the name, as in draft-ietf-sasl-crammd5-09 section A.1.3', async () => {
  const raw = { authcid: 'Al\u00aadd\u00adin\u00ae', password: 'Open, Sesame' }
  const challenge = utf8('<92230559549732219941.0@localhost>')
  const answer = async (options: Parameters<typeof cramMd5Client>[1]) => {
    const exchange = new ClientExchange(cramMd5Client(raw, options))
    await exchange.start()
    return text(await exchange.challenge(challenge))
  }
  const digest = '9950ea407844a71e2f0cd3284cbd912d'
  assert.equal(await answer({}), `Aladdin\u00ae ${digest}`)
  assert.equal(await answer({ prepareName: 'none' }), `${raw.authcid} ${digest}`)
})
