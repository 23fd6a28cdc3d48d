import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import type { FailureReason } from '../../src/errors.js'
import { refusalDelay } from '../../src/node/drivers/refusal-delay.js'
import { eachDialect, GOOD, openServer, step, WRONG } from './driver-dialects.js'
import { front, type Raw, rawClient } from './driver-ends.js'

const LONGEST = 60_000

/** Whether the delay is one that would go on for most of a minute. */
async function waits(reason: FailureReason, heardAt: number, delay = LONGEST): Promise<boolean> {
  const ending = new AbortController()
  const waiting = refusalDelay(reason, heardAt, delay, ending.signal)
  const first = await Promise.race([waiting, new Promise((resolve) => setImmediate(resolve, 'waits'))])
  ending.abort()
  await waiting.catch(() => {})
  return first === 'waits'
}

test('what was judged waits, whatever was found; what cannot be read does not', async () => {
  const now = performance.now()
  for (const reason of [
    'invalid-credentials',
    'not-authorized',
    'account-disabled',
    'credentials-expired',
    'temporary',
  ] as const)
    assert.equal(await waits(reason, now), true, reason)
  for (const reason of [
    'malformed',
    'aborted',
    'mechanism-unavailable',
    'encryption-required',
    'limit-exceeded',
  ] as const)
    assert.equal(await waits(reason, now), false, reason)
})

test('time goes by from the last message on, and not from when it was judged', async () => {
  const now = performance.now()
  assert.equal(await waits('invalid-credentials', now - LONGEST / 2), true, 'half of it is over')
  assert.equal(await waits('invalid-credentials', now - 1.5 * LONGEST), false, 'all of it is over')
  assert.equal(await waits('invalid-credentials', now, 0), false, 'none is asked for')
})

test('by chance it is up to half as long again, so that refusals which come together do not leave in their order', async () => {
  const draws = async (share: number) => {
    const heardAt = performance.now() - share * LONGEST
    const drawn = Array.from({ length: 64 }, () => waits('invalid-credentials', heardAt))
    return new Set(await Promise.all(drawn))
  }
  assert.deepEqual(await draws(0.99), new Set([true]))
  assert.deepEqual((await draws(1.25)).size, 2)
  assert.deepEqual(await draws(1.5), new Set([false]))
})

eachDialect(({ profile, auth, ready, challenge, success, failure }) => {
  /** A client whose password is wrong, and all that it has heard when others have logged in meanwhile. */
  async function refusedClient(t: TestContext, guess: (raw: Raw) => Promise<void>): Promise<string> {
    const ending = new AbortController()
    let tell = () => {}
    const told = new Promise<void>((resolve) => (tell = resolve))
    const { port, outcomes } = await front(t, profile, {
      server: await openServer(),
      refusalDelay: LONGEST,
      signal: ending.signal,
      onRefused: () => tell(),
    })
    const raw = await rawClient(t, port)
    await ready(raw)
    await guess(raw)
    await told
    const other = await rawClient(t, port)
    await ready(other)
    await step(other, auth(`PLAIN ${GOOD}`), success)
    ending.abort()
    assert.equal(await outcomes[0], undefined)
    return raw.rest()
  }

  test('a refusal is late, and what comes behind it waits; a signal does not', async (t) => {
    const heard = await refusedClient(t, async (raw) =>
      raw.say(auth(`PLAIN ${WRONG}`) + auth(`PLAIN ${GOOD}`)),
    )
    assert.equal(heard, '')
  })

  test('it is counted from the last message, also of a client that takes its time', async (t) => {
    const { now } = performance
    t.after(() => {
      performance.now = now
    })
    const heard = await refusedClient(t, async (raw) => {
      await step(raw, auth('PLAIN'), challenge)
      performance.now = () => now.call(performance) + 2 * LONGEST
      raw.say(`${WRONG}\r\n`)
    })
    assert.equal(heard, '')
  })

  test('when it is over, the client is told, and what came behind is served', async (t) => {
    const { port, outcomes } = await front(t, profile, { server: await openServer(), refusalDelay: 1 })
    const raw = await rawClient(t, port)
    await ready(raw)
    raw.say(auth(`PLAIN ${WRONG}`) + auth(`PLAIN ${GOOD}`))
    await raw.hear(failure.credentials)
    await raw.hear(success)
    assert.equal((await outcomes[0])?.mechanism, 'PLAIN')
  })

  test('a client that was refused and goes does not hold the connection', async (t) => {
    const { port, outcomes } = await front(t, profile, { server: await openServer(), refusalDelay: LONGEST })
    const raw = await rawClient(t, port)
    await ready(raw)
    raw.say(auth(`PLAIN ${WRONG}`))
    raw.socket.end()
    raw.socket.destroy()
    assert.equal(await outcomes[0], undefined)
  })

  test('what is malformed is told at once', async (t) => {
    const { port } = await front(t, profile, { server: await openServer(), refusalDelay: LONGEST })
    const raw = await rawClient(t, port)
    await ready(raw)
    await step(raw, auth('PLAIN ='), failure.malformed)
  })
})
