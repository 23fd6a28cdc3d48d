import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type FailureReason, SaslError } from '../../src/errors.js'
import { ClientExchange, type ClientExchangeOptions } from '../../src/exchange/client.js'
import { plainClient } from '../../src/mechanisms/plain.js'
import { scramClient } from '../../src/mechanisms/scram/client.js'
import { EMPTY, text, utf8 } from '../../src/octets.js'
import { allowPlaintext } from '../../src/plaintext.js'
import { type ClientMechanism, type ClientStep, concede, finish, respond } from '../../src/step.js'

const secure = { connection: { secure: true } }
const credentials = { authcid: 'user', password: 'pencil' }

const isReason = (reason: FailureReason) => (error: unknown) =>
  error instanceof SaslError && error.reason === reason

const exchangeOf = (start: ClientMechanism['start'], options: ClientExchangeOptions = {}) =>
  new ClientExchange({ name: 'X-TEST', start }, options)

/** Answers for ever. */
const again = (): ClientStep => respond(utf8('again'), again)

test('a server that asks for ever is cut off after eight challenges, or as many as are allowed', async () => {
  for (const [maxSteps, allowed] of [
    [undefined, 8],
    [3, 3],
  ] as const) {
    const exchange = exchangeOf(again, { maxSteps })
    await exchange.start()
    for (let i = 0; i < allowed; i++) await exchange.challenge(EMPTY)
    await assert.rejects(async () => exchange.challenge(EMPTY), isReason('limit-exceeded'))
    assert.throws(() => exchange.challenge(EMPTY), /^TypeError: the exchange is over$/)
  }
})

test('the limit of a mechanism holds, and gives way to the one that is set', async () => {
  for (const [mechanism, maxLength, limit] of [
    [undefined, undefined, 16_384],
    [10, undefined, 10],
    [10, 20, 20],
    [10, 5, 5],
    [undefined, 5, 5],
  ] as const)
    for (const excess of [0, 1]) {
      const exchange = new ClientExchange(
        { name: 'X-TEST', start: again, ...(mechanism && { maxLength: mechanism }) },
        { maxLength },
      )
      await exchange.start()
      const challenge = async () => exchange.challenge(new Uint8Array(limit + excess))
      if (excess) await assert.rejects(challenge, isReason('limit-exceeded'))
      else assert.equal(text(await challenge()), 'again')
    }
})

test('no initial response is not an empty one', async () => {
  assert.equal(await exchangeOf(() => respond(undefined, again)).start(), undefined)
  assert.deepEqual(await exchangeOf(() => finish(EMPTY)).start(), EMPTY)
})

test('an initial response that is held back answers the first, empty, challenge, and no other', async () => {
  const held = () => new ClientExchange(plainClient(credentials), { ...secure, initialResponse: false })
  const good = held()
  assert.equal(await good.start(), undefined)
  assert.equal(text(await good.challenge(EMPTY)), '\0user\0pencil')
  await good.success()
  assert.throws(() => good.success(), /^TypeError: the exchange is over$/)

  const asked = held()
  await asked.start()
  await assert.rejects(async () => asked.challenge(utf8('Password:')), isReason('malformed'))

  const early = held()
  await early.start()
  await assert.rejects(async () => early.success(), isReason('server-not-authenticated'))
})

test('additional data where a mechanism has none are refused, empty ones too', async () => {
  for (const additionalData of [EMPTY, utf8('data')]) {
    const exchange = new ClientExchange(plainClient(credentials), secure)
    await exchange.start()
    await assert.rejects(async () => exchange.success(additionalData), isReason('malformed'))
    assert.throws(() => exchange.success(), TypeError)
  }
})

test('additional data that call for a response are no end', async () => {
  const exchange = exchangeOf(() => finish(EMPTY, () => finish(utf8('and then?'))))
  await exchange.start()
  await assert.rejects(async () => exchange.success(utf8('data')), isReason('malformed'))
})

test('what the server said was wrong comes out as failure, and as success it is not believed', async () => {
  const problem = new SaslError('credentials-expired', 'too old')
  const conceded = async () => {
    const exchange = exchangeOf(() => finish(EMPTY, () => concede(EMPTY, problem)))
    await exchange.start()
    await exchange.challenge(utf8('problem'))
    return exchange
  }
  assert.equal((await conceded()).failure(), problem)
  const exchange = await conceded()
  await assert.rejects(async () => exchange.success(), problem)
})

test('failure gives an error, of the reason that the profile has, and ends the exchange', async () => {
  const exchange = new ClientExchange(plainClient(credentials), secure)
  await exchange.start()
  const error = exchange.failure('temporary', '454 4.7.0')
  assert.ok(isReason('temporary')(error))
  assert.equal(error.message, '454 4.7.0')
  assert.throws(() => exchange.success(), TypeError)
  assert.ok(isReason('invalid-credentials')(exchangeOf(again).failure()))
})

test('calls out of order are the fault of the caller', async () => {
  const fresh = () => new ClientExchange(plainClient(credentials), secure)
  const early = /^TypeError: the exchange is not started; call start\(\) first$/
  assert.throws(() => fresh().challenge(EMPTY), early)
  assert.throws(() => fresh().success(), early)
  const started = fresh()
  await started.start()
  assert.throws(() => started.start(), /^TypeError: the exchange is started already$/)
})

test('a second call while one is at work is refused, and harms nothing', async () => {
  const asking = new ClientExchange(plainClient({ ...credentials, password: async () => 'pencil' }), secure)
  const first = asking.start()
  assert.throws(() => asking.start(), /^TypeError: the exchange is still at work$/)
  assert.throws(() => asking.challenge(EMPTY), TypeError)
  assert.throws(() => asking.success(), TypeError)
  assert.equal(text((await first)!), '\0user\0pencil')
  await asking.success()
})

test('what a credentials function throws comes through as it is', async () => {
  const cancelled = new Error('cancelled')
  for (const password of [
    () => {
      throw cancelled
    },
    () => Promise.reject(cancelled),
  ]) {
    const exchange = new ClientExchange(plainClient({ ...credentials, password }), secure)
    await assert.rejects(async () => exchange.start(), cancelled)
    assert.throws(() => exchange.start(), TypeError)
  }
})

test('a credentials function may answer with a bare thenable', async () => {
  const password = () => ({
    then(resolve: (value: string) => void) {
      resolve('pencil')
    },
  })
  const exchange = new ClientExchange(plainClient({ ...credentials, password: password as never }), secure)
  assert.equal(text((await exchange.start())!), '\0user\0pencil')
})

test('a signal frees an exchange from a prompt that nobody answers', async () => {
  const abort = new AbortController()
  const exchange = new ClientExchange(
    plainClient({ ...credentials, password: () => new Promise<string>(() => {}) }),
    {
      ...secure,
      signal: abort.signal,
    },
  )
  const started = exchange.start()
  abort.abort(new Error('gone'))
  await assert.rejects(
    async () => started,
    (error) => isReason('aborted')(error) && (error as SaslError).cause === abort.signal.reason,
  )
})

test('a signal stops a key derivation, and what comes later is nothing', async () => {
  const abort = new AbortController()
  const exchange = new ClientExchange(scramClient('SHA-256', credentials, { nonce: () => 'abc' }), {
    signal: abort.signal,
  })
  await exchange.start()
  const proof = exchange.challenge(utf8('r=abcdef,s=c2FsdA==,i=2000000'))
  abort.abort()
  await assert.rejects(async () => proof, isReason('aborted'))
  assert.throws(() => exchange.success(), TypeError)
})

test('a signal that fired is noticed by each call, success as well', async () => {
  const abort = new AbortController()
  const options = { ...secure, signal: abort.signal }
  const started = new ClientExchange(plainClient(credentials), options)
  await started.start()
  const fresh = new ClientExchange(plainClient(credentials), options)
  abort.abort()
  await assert.rejects(async () => started.success(), isReason('aborted'))
  await assert.rejects(async () => fresh.start(), isReason('aborted'))
})

test('what the server did wrong comes out as that, though a signal fired meanwhile', async () => {
  const abort = new AbortController()
  const exchange = exchangeOf(
    () => {
      abort.abort()
      throw new SaslError('malformed', 'not a message')
    },
    { signal: abort.signal },
  )
  await assert.rejects(async () => exchange.start(), isReason('malformed'))
})

test('abort makes what is under way come to nothing', async () => {
  let answer = (_: string) => {}
  const password = () =>
    new Promise<string>((resolve) => {
      answer = resolve
    })
  const exchange = new ClientExchange(plainClient({ ...credentials, password }), secure)
  const started = exchange.start()
  exchange.abort()
  answer('pencil')
  await assert.rejects(async () => started, isReason('aborted'))
  assert.throws(() => exchange.success(), TypeError)
})

test('nobody is asked for a secret where anybody can listen, and only true says otherwise', async () => {
  let asked = 0
  const password = () => {
    asked++
    return 'pencil'
  }
  for (const allowed of [false, 'yes' as never, 1 as never]) {
    const exchange = new ClientExchange(plainClient({ ...credentials, password }), {
      [allowPlaintext]: allowed,
    })
    await assert.rejects(async () => exchange.start(), isReason('encryption-required'))
  }
  assert.equal(asked, 0)
  await new ClientExchange(plainClient({ ...credentials, password }), { [allowPlaintext]: true }).start()
  assert.equal(asked, 1)
})

test('a secret does not leave when the connection lost its protection while it was asked for', async () => {
  const connection = { secure: true }
  const password = async () => {
    connection.secure = false
    return 'pencil'
  }
  const exchange = new ClientExchange(plainClient({ ...credentials, password }), { connection })
  await assert.rejects(async () => exchange.start(), isReason('encryption-required'))
})

test('the exchange says whether success will mean that the server is proved', () => {
  assert.equal(new ClientExchange(scramClient('SHA-256', credentials)).mutual, true)
  assert.equal(new ClientExchange(plainClient(credentials)).mutual, false)
})
