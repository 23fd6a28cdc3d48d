/** Text where octets should be: most often base64 that nobody decoded. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { SaslError } from '../../src/errors.js'
import { ClientExchange } from '../../src/exchange/client.js'
import { ServerExchange } from '../../src/exchange/server.js'
import { EMPTY, text, utf8 } from '../../src/octets.js'
import { finish, respond, success } from '../../src/step.js'

const careless = (value: unknown): never => value as never
const NOT_OCTETS = ['dGlt', '', null, 1, {}, [1, 2], new ArrayBuffer(2)]

test('a client is told by a TypeError, and can go on', async () => {
  const exchange = new ClientExchange({
    name: 'X-TEST',
    start: () => respond(undefined, (challenge) => finish(challenge, () => finish(EMPTY))),
  })
  await exchange.start()
  for (const challenge of [...NOT_OCTETS, undefined])
    assert.throws(() => exchange.challenge(careless(challenge)), /^TypeError: a challenge must be octets/)
  assert.equal(text(await exchange.challenge(utf8('go on'))), 'go on')
  for (const additional of NOT_OCTETS)
    assert.throws(() => exchange.success(careless(additional)), /^TypeError: additional data must be octets/)
  await exchange.success(EMPTY)
})

test('a server answers with a value, for what it was handed may come of the client', async () => {
  for (const response of NOT_OCTETS.filter((value) => value !== null)) {
    let asked = false
    const exchange = new ServerExchange({
      name: 'X-TEST',
      start() {
        asked = true
        return success({ authcid: 'tim' })
      },
    })
    const reply = await exchange.step(careless(response))
    assert.ok(reply.kind === 'failure' && reply.reason === 'malformed')
    assert.match(String(reply.cause), /^SaslError: a response that is no octets; pass a Uint8Array/)
    assert.equal(asked, false)
  }
})

test('success without the additional data that came along tells where to pass it', async () => {
  const exchange = new ClientExchange({ name: 'X-TEST', start: () => respond(EMPTY, () => finish(EMPTY)) })
  await exchange.start()
  await assert.rejects(
    async () => exchange.success(),
    (error) =>
      error instanceof SaslError &&
      error.reason === 'server-not-authenticated' &&
      /X-TEST is complete; pass additional data to success\(\)/.test(error.message),
  )
})
