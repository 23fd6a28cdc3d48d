import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type FailureReason, malformed, SaslError } from '../../src/errors.js'
import { ServerExchange, type ServerExchangeOptions, type ServerReply } from '../../src/exchange/server.js'
import { EMPTY, text, utf8 } from '../../src/octets.js'
import {
  type Context,
  challenge,
  clientFirst,
  failure,
  type ServerMechanism,
  type ServerStep,
  success,
} from '../../src/step.js'

const exchangeOf = (start: ServerMechanism['start'], options: ServerExchangeOptions = {}) =>
  new ServerExchange({ name: 'X-TEST', start }, options)

function assertFailure(reply: ServerReply, reason: FailureReason, cause?: unknown): void {
  assert.ok(reply.kind === 'failure', reply.kind)
  assert.equal(reply.reason, reason)
  if (cause !== undefined) assert.equal(reply.cause, cause)
}

/** Asks for ever. */
const again = (): ServerStep => challenge(utf8('again'), again)

test('a client that answers for ever is cut off after eight messages, or as many as are allowed', async () => {
  for (const [maxSteps, allowed] of [
    [undefined, 8],
    [3, 3],
  ] as const) {
    const exchange = exchangeOf(again, { maxSteps })
    for (let i = 0; i < allowed; i++) assert.equal((await exchange.step(EMPTY)).kind, 'challenge')
    assertFailure(await exchange.step(EMPTY), 'limit-exceeded')
    assert.throws(() => exchange.step(EMPTY), TypeError)
  }
})

test('the limit of a mechanism holds, and gives way to the one that is set', async () => {
  for (const [mechanism, maxLength, limit] of [
    [undefined, undefined, 8192],
    [10, undefined, 10],
    [10, 20, 20],
    [10, 5, 5],
  ] as const)
    for (const excess of [0, 1]) {
      const exchange = new ServerExchange(
        { name: 'X-TEST', start: again, ...(mechanism && { maxLength: mechanism }) },
        { maxLength },
      )
      const reply = await exchange.step(new Uint8Array(limit + excess))
      assert.equal(
        reply.kind === 'failure' ? reply.reason : reply.kind,
        excess ? 'limit-exceeded' : 'challenge',
      )
    }
})

test('an initial response that is absent is not an empty one', async () => {
  const seen: unknown[] = []
  const start: ServerMechanism['start'] = (initialResponse) => {
    seen.push(initialResponse)
    return clientFirst(initialResponse, () => success({ authcid: 'user' }))
  }
  const without = exchangeOf(start)
  const asked = await without.step(undefined)
  assert.deepEqual(asked, { kind: 'challenge', challenge: EMPTY })
  assert.equal((await without.step(EMPTY)).kind, 'success')
  assert.equal((await exchangeOf(start).step(EMPTY)).kind, 'success')
  assert.deepEqual(seen, [undefined, EMPTY])
})

test('a challenge that nothing answers is malformed', async () => {
  const exchange = exchangeOf(again)
  await exchange.step(EMPTY)
  assertFailure(await exchange.step(undefined), 'malformed')
})

test('what a mechanism throws never comes out of step: a SaslError as its reason, all else as temporary', async () => {
  for (const [thrown, reason] of [
    [malformed('no'), 'malformed'],
    [new SaslError('not-authorized', 'no'), 'not-authorized'],
    [new TypeError('a bug'), 'temporary'],
    ['text', 'temporary'],
    [undefined, 'temporary'],
  ] as const)
    for (const start of [
      () => {
        throw thrown
      },
      () => Promise.reject(thrown),
      async () => challenge(EMPTY, () => Promise.reject(thrown)),
    ]) {
      const exchange = exchangeOf(start)
      let reply = await exchange.step(EMPTY)
      if (reply.kind === 'challenge') reply = await exchange.step(EMPTY)
      assertFailure(reply, reason, thrown)
      assert.throws(() => exchange.step(EMPTY), /^TypeError: the exchange is over$/)
    }
})

test('a step that is none is temporary', async () => {
  for (const step of [undefined, null, 7]) {
    for (const start of [() => step as never, async () => step as never]) {
      const reply = await exchangeOf(start).step(EMPTY)
      assertFailure(reply, 'temporary')
      assert.match(
        String(reply.kind === 'failure' && reply.cause),
        /^TypeError: a step is a challenge, success/,
      )
    }
  }
})

test('who asks to act as another, where nothing says who may, finds out what is missing', async () => {
  const reply = await exchangeOf(() => success({ authcid: 'one', authzid: 'other' })).step(EMPTY)
  assertFailure(reply, 'not-authorized')
  assert.equal(reply.kind === 'failure' && (reply.cause as SaslError).reason, 'not-authorized')
  assert.match(
    String(reply.kind === 'failure' && reply.cause),
    /without authorize\(\) each may act as themselves/,
  )
})

test('a challenge that takes no answer does not begin anew with it', async () => {
  let starts = 0
  const exchange = exchangeOf(() => {
    starts++
    return { kind: 'challenge', challenge: EMPTY } as never
  })
  await exchange.step(EMPTY)
  assertFailure(await exchange.step(EMPTY), 'temporary')
  assert.equal(starts, 1)
})

test('a step may come by a bare thenable', async () => {
  const start = () => ({
    then(resolve: (step: ServerStep) => void) {
      resolve(success({ authcid: 'user' }))
    },
  })
  assert.equal((await exchangeOf(start as never).step(EMPTY)).kind, 'success')
})

test('additional data go with success, or as a challenge that is answered by nothing', async () => {
  const start = () => success({ authcid: 'user' }, utf8('data'))
  const within = await exchangeOf(start).step(EMPTY)
  assert.equal(within.kind === 'success' && text(within.additionalData!), 'data')

  for (const [answer, kind] of [
    [EMPTY, 'success'],
    [utf8('x'), 'failure'],
  ] as const) {
    const exchange = exchangeOf(start, { additionalData: 'as-challenge' })
    const asked = await exchange.step(EMPTY)
    assert.equal(asked.kind === 'challenge' && text(asked.challenge), 'data')
    const reply = await exchange.step(answer)
    assert.equal(reply.kind, kind)
    if (reply.kind === 'success') assert.equal(reply.additionalData, undefined, 'sent twice')
    assert.throws(() => exchange.step(EMPTY), TypeError)
  }
})

test('empty additional data are sent as what they are, and none are none', async () => {
  const exchange = exchangeOf(() => success({ authcid: 'user' }, EMPTY), { additionalData: 'as-challenge' })
  assert.deepEqual(await exchange.step(EMPTY), { kind: 'challenge', challenge: EMPTY })
  assert.equal((await exchange.step(EMPTY)).kind, 'success')
  const none = exchangeOf(() => success({ authcid: 'user' }), { additionalData: 'as-challenge' })
  assert.equal((await none.step(EMPTY)).kind, 'success')
})

test('additional data leave only once the identity is authorized', async () => {
  const start = () => success({ authcid: 'user' }, utf8('data'))
  for (const additionalData of ['with-success', 'as-challenge'] as const)
    assertFailure(
      await exchangeOf(start, { additionalData, authorize: () => false }).step(EMPTY),
      'not-authorized',
    )
})

test('authorize is told who asks for whom, and the context', async () => {
  const asked: unknown[] = []
  const connection = { secure: true }
  const { signal } = new AbortController()
  const offered = { mechanisms: ['X-TEST'] }
  for (const authzid of [undefined, 'admin'])
    await exchangeOf(() => success({ authcid: 'user', authzid }), {
      connection,
      offered,
      signal,
      authorize: (identity, context) => {
        asked.push(identity.authcid, identity.authzid, context)
        return true
      },
    }).step(EMPTY)
  const context: Context = { connection, offered, signal }
  assert.deepEqual(asked, ['user', 'user', context, 'user', 'admin', context])
})

test('a security layer is kept with the success it belongs to', async () => {
  const layer = { wrap: () => EMPTY, unwrap: () => EMPTY }
  for (const additionalData of ['with-success', 'as-challenge'] as const) {
    const exchange = exchangeOf(() => ({ ...success({ authcid: 'user' }, utf8('data')), layer }), {
      additionalData,
    })
    let reply = await exchange.step(EMPTY)
    if (reply.kind === 'challenge') reply = await exchange.step(EMPTY)
    assert.equal(reply.kind === 'success' && reply.layer, layer)
  }
})

test('abort ends the exchange for the reason that the profile saw', async () => {
  for (const reason of [undefined, 'malformed', 'limit-exceeded'] as const) {
    const exchange = exchangeOf(again)
    await exchange.step(EMPTY)
    const cause = new Error('a line that cannot be read')
    const ended = exchange.abort(reason, cause)
    assertFailure(ended, reason ?? 'aborted', cause)
    assert.throws(() => exchange.step(EMPTY), TypeError)
  }
})

test('abort while authorize is asked wins over its answer', async () => {
  let answer = (_: boolean) => {}
  const authorize = () =>
    new Promise<boolean>((resolve) => {
      answer = resolve
    })
  const exchange = exchangeOf(() => success({ authcid: 'user' }), { authorize })
  const reply = exchange.step(EMPTY)
  exchange.abort()
  answer(true)
  assertFailure(await reply, 'aborted')
})

test('a signal frees an exchange from authorize that hangs, or has fired before', async () => {
  const abort = new AbortController()
  const options = { signal: abort.signal, authorize: () => new Promise<boolean>(() => {}) }
  const reply = exchangeOf(() => success({ authcid: 'user' }), options).step(EMPTY)
  abort.abort(new Error('gone'))
  assertFailure(await reply, 'aborted', abort.signal.reason)
  assertFailure(await exchangeOf(again, options).step(EMPTY), 'aborted', abort.signal.reason)
})

test('the reply to a challenge does not hand out how it goes on', async () => {
  const reply = await exchangeOf(again).step(EMPTY)
  assert.deepEqual(Object.keys(reply), ['kind', 'challenge'])
})

test('a failure of the mechanism comes out as it is', async () => {
  const data = utf8('e=other-error')
  const reply = await exchangeOf(() => failure('account-disabled', 'cause', data)).step(EMPTY)
  assert.deepEqual(reply, failure('account-disabled', 'cause', data))
})

test('nobody asked for security: plaintext mechanisms refuse by default', async () => {
  const exchange = new ServerExchange({
    name: 'X-TEST',
    plaintext: true,
    start: () => success({ authcid: 'user' }),
  })
  assertFailure(await exchange.step(EMPTY), 'encryption-required')
})

test('what waits for nothing is answered at once', () => {
  const { step } = ServerExchange.prototype
  const mechanism = { name: 'X', start: () => ({ kind: 'failure', reason: 'malformed' }) } as never
  const reply = step.call(new ServerExchange(mechanism), utf8('x'))
  assert.ok('kind' in reply && reply.kind === 'failure')
})
