/** What exchanges say to the caller, and what they ask once and no more. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ClientExchange } from '../../src/exchange/client.js'
import { ServerExchange } from '../../src/exchange/server.js'
import { loginClient, loginServer } from '../../src/mechanisms/login.js'
import { oauthBearerClient, oauthBearerServer } from '../../src/mechanisms/oauthbearer.js'
import { plainClient, plainServer } from '../../src/mechanisms/plain.js'
import { xoauth2Client, xoauth2Server } from '../../src/mechanisms/xoauth2.js'
import { utf8 } from '../../src/octets.js'
import { allowPlaintext } from '../../src/plaintext.js'
import { challenge, finish, respond, success } from '../../src/step.js'

test('a refusal that says nothing more names the mechanism', () => {
  const exchange = new ClientExchange({ name: 'X-TEST', start: () => finish(utf8('x')) })
  const error = exchange.failure()
  assert.equal(error.message, 'the server refused X-TEST')
  assert.equal(error.reason, 'invalid-credentials')
  assert.deepEqual(exchange.considered, [])
})

test('additional data may be taken without a response, and success before any step is a fault of the caller', async () => {
  const silent = { response: undefined, complete: true }
  const exchange = new ClientExchange({
    name: 'X-TEST',
    start: () => respond(utf8('x'), () => silent),
  } as never)
  assert.throws(() => exchange.success(), TypeError)
  await exchange.start()
  await exchange.success(utf8('additional data'))
})

test('none held back is none', async () => {
  const start = () => respond(undefined as never, () => finish(utf8('x')))
  const exchange = new ClientExchange({ name: 'X-TEST', start }, { initialResponse: false })
  assert.equal(await exchange.start(), undefined)
  assert.deepEqual(await exchange.challenge(utf8('a challenge that is not empty')), utf8('x'))
})

test('a step that is asked too much says whether the exchange is over or at work', async () => {
  let go: (value: unknown) => void = () => {}
  const waits = new Promise((resolve) => {
    go = resolve
  })
  const exchange = new ServerExchange({ name: 'X-TEST', start: () => waits as never })
  const first = exchange.step(undefined)
  assert.throws(() => exchange.step(undefined), {
    name: 'TypeError',
    message: 'the exchange is still at work',
  })
  go(success({ authcid: 'tim' }))
  await first
  assert.throws(() => exchange.step(undefined), { name: 'TypeError', message: 'the exchange is over' })
})

test('who may act as whom is asked once, also where additional data goes as a challenge', async () => {
  for (const [answer, kind, reason] of [
    ['', 'success', undefined],
    ['x', 'failure', 'malformed'],
  ] as const) {
    let asked = 0
    const start = () => challenge(utf8('?'), () => success({ authcid: 'tim' }, utf8('additional data')))
    const authorize = () => {
      asked++
      return true
    }
    const exchange = new ServerExchange(
      { name: 'X-TEST', start },
      { authorize, additionalData: 'as-challenge' },
    )
    await exchange.step(undefined)
    assert.deepEqual(await exchange.step(utf8('!')), {
      kind: 'challenge',
      challenge: utf8('additional data'),
    })
    const reply = await exchange.step(utf8(answer))
    assert.equal(reply.kind, kind)
    assert.equal(reply.kind === 'failure' ? reply.reason : undefined, reason)
    assert.equal(asked, 1)
  }
})

test('null is no response, as it is to protocols that have it, and what is no octets is malformed', async () => {
  const start = (response: unknown) => success({ authcid: response === null ? 'null' : String(response) })
  const exchange = () => new ServerExchange({ name: 'X-TEST', start } as never)
  assert.equal((await exchange().step(null as never)).kind, 'success')
  const refused = await exchange().step('text' as never)
  assert.equal(refused.kind === 'failure' && refused.reason, 'malformed')
})

test('each mechanism that shows its secret is refused where anybody can listen', async () => {
  const verifyPassword = () => true
  const verifyToken = () => ({ authcid: 'tim' })
  for (const [mechanism, message] of [
    [plainServer({ verifyPassword }), '\0tim\0pencil'],
    [loginServer({ verifyPassword }), 'tim'],
    [oauthBearerServer({ verifyToken }), 'n,,\x01auth=Bearer t\x01\x01'],
    [xoauth2Server({ verifyToken }), 'user=tim\x01auth=Bearer t\x01\x01'],
  ] as const) {
    const reply = (options: object) => new ServerExchange(mechanism, options as never).step(utf8(message))
    for (const options of [{}, { connection: { secure: false } }, { [allowPlaintext]: 1 }]) {
      const refused = await reply(options)
      assert.equal(refused.kind === 'failure' && refused.reason, 'encryption-required', mechanism.name)
    }
    assert.notEqual((await reply({ [allowPlaintext]: true })).kind, 'failure')
  }
})

test('no client shows its secret where anybody can listen', async () => {
  for (const mechanism of [
    plainClient({ authcid: 'tim', password: 'pencil' }),
    loginClient({ authcid: 'tim', password: 'pencil' }),
    oauthBearerClient({ token: 't' }),
    xoauth2Client({ authcid: 'tim', token: 't' }),
  ]) {
    for (const options of [{}, { connection: { secure: false } }, { [allowPlaintext]: 1 }])
      await assert.rejects(async () => new ClientExchange(mechanism, options as never).start(), {
        reason: 'encryption-required',
      })
    await new ClientExchange(mechanism, { connection: { secure: true } }).start()
  }
})
