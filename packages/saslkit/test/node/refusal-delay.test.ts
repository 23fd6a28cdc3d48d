import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { FailureReason } from '../../src/errors.js'
import { refusalDelay } from '../../src/node/drivers/refusal-delay.js'
import { eachDialect, GOOD, openServer, step, WRONG } from './driver-dialects.js'
import { front, rawClient } from './driver-ends.js'

const LONGEST = 60_000
const never = new AbortController().signal

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

test('refusals that come together do not leave in their order', async () => {
  const left: number[] = []
  const heardAt = performance.now()
  const all = Array.from({ length: 30 }, (_, at) =>
    refusalDelay('invalid-credentials', heardAt, 100, never).then(() => left.push(at)),
  )
  await Promise.all(all)
  assert.notDeepEqual(
    left,
    left.toSorted((one, other) => one - other),
  )
  assert.ok(performance.now() - heardAt >= 99, 'timers may be a millisecond early')
})

eachDialect(({ profile, auth, ready, challenge, success, failure }) => {
  test('a refusal is late, and what comes behind it waits', async (t) => {
    const { port, outcomes } = await front(t, profile, { server: await openServer(), refusalDelay: 80 })
    const raw = await rawClient(t, port)
    await ready(raw)
    const asked = performance.now()
    raw.say(auth(`PLAIN ${WRONG}`) + auth(`PLAIN ${GOOD}`))
    await raw.hear(failure.credentials)
    assert.ok(performance.now() - asked >= 79, 'timers may be a millisecond early')
    await raw.hear(success)
    assert.equal((await outcomes[0])?.mechanism, 'PLAIN')
  })

  test('it is counted from the last message, also of a client that takes its time', async (t) => {
    const { port } = await front(t, profile, { server: await openServer(), refusalDelay: 80 })
    const raw = await rawClient(t, port)
    await ready(raw)
    await step(raw, auth('PLAIN'), challenge)
    await new Promise((resolve) => setTimeout(resolve, 130))
    const answered = performance.now()
    await step(raw, `${WRONG}\r\n`, failure.credentials)
    assert.ok(performance.now() - answered >= 79, 'timers may be a millisecond early')
  })

  test('a client that was refused and goes, and a signal, do not wait for it', async (t) => {
    const server = await openServer()
    const one = await front(t, profile, { server, refusalDelay: LONGEST })
    const gone = await rawClient(t, one.port)
    await ready(gone)
    gone.say(auth(`PLAIN ${WRONG}`))
    gone.socket.end()
    gone.socket.destroy()
    assert.equal(await one.outcomes[0], undefined)

    const ending = new AbortController()
    let told = () => {}
    const refused = new Promise<void>((resolve) => (told = resolve))
    const other = await front(t, profile, {
      server,
      refusalDelay: LONGEST,
      signal: ending.signal,
      onRefused: () => told(),
    })
    const kept = await rawClient(t, other.port)
    await ready(kept)
    kept.say(auth(`PLAIN ${WRONG}`))
    await refused
    ending.abort()
    assert.equal(await other.outcomes[0], undefined)
  })

  test('what is malformed is told at once', async (t) => {
    const { port } = await front(t, profile, { server: await openServer(), refusalDelay: LONGEST })
    const raw = await rawClient(t, port)
    await ready(raw)
    await step(raw, auth('PLAIN ='), failure.malformed)
  })
})
