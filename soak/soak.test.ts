/** A small soak: the whole one is \`npm run soak\`, and docs/soak.md has its figures. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { problemsOf } from './problems.ts'
import { runSoak, type Soak } from './run-soak.ts'
import { slope } from './slope.ts'
import { soak } from './soaked.ts'
import { watch } from './watch.ts'

let small: Soak | undefined

test('what comes and goes leaves nothing behind', async () => {
  small = await runSoak({ logins: 20_000, aborts: 10_000, halfOpen: 2000, visits: 500, crowd: 400 })
  assert.deepEqual(problemsOf(small), [])
})

test('while exchanges wait nothing hangs on their signal, and at work two listeners do', () => {
  for (const { what, held, listeners } of small!.halfOpen)
    assert.equal(listeners, what.includes('waiting') ? 0 : 2 * held, what)
})

test('a half-open exchange is small', () => {
  for (const { what, each } of small!.halfOpen) assert.ok(each > 0 && each < 6000, `${what}: ${each}`)
})

test('a slope is that of the line', () => {
  assert.equal(slope([1, 3, 5, 7]), 2)
  assert.equal(slope([5, 5, 5]), 0)
  assert.equal(slope([0, 1, 0]), 0)
})

test('what does leave something is noticed', async () => {
  const { signal } = new AbortController()
  const kept: object[] = []
  const leaking = await soak('a leak', 20_000, signal, async (from, to) => {
    for (let at = from; at < to; at++) kept.push({ at, more: [at, at, at] })
  })
  const listening = await soak('listeners', 5000, signal, async (from, to) => {
    for (let at = from; at < to; at++) signal.addEventListener('abort', () => at)
  })
  assert.ok(listening.listeners >= 10_000)
  const problems = problemsOf({ ...small!, soaked: [leaking, listening] })
  assert.equal(problems.length, 3, problems.join('; '))
  assert.ok(kept.length > 20_000)
})

test('rejections, warnings and timers are noticed', async () => {
  const watched = watch()
  const timer = setTimeout(() => {}, 60_000)
  Promise.reject(new Error('nobody handles it'))
  process.emitWarning('too many', 'MaxListenersExceededWarning')
  await new Promise((resolve) => setImmediate(resolve))
  await new Promise((resolve) => setImmediate(resolve))
  watched.stop()
  assert.deepEqual(watched.left(), ['Timeout'])
  clearTimeout(timer)
  assert.deepEqual(watched.left(), [])
  assert.deepEqual(watched.complaints.toSorted(), [
    'MaxListenersExceededWarning: too many',
    'unhandled rejection: Error: nobody handles it',
  ])
})
