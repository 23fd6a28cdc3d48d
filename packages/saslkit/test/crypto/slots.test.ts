import assert from 'node:assert/strict'
import { test } from 'node:test'
import { slots } from '../../src/crypto/slots.js'
import { SaslError } from '../../src/errors.js'

/** Work that ends when it is told to. */
function work() {
  let end = (_: string) => {}
  let fail = (_: Error) => {}
  let begun = false
  const run = () =>
    new Promise<string>((resolve, reject) => {
      begun = true
      end = resolve
      fail = reject
    })
  return {
    run,
    end: (value: string) => end(value),
    fail: (error: Error) => fail(error),
    begun: () => begun,
  }
}

const turn = () => new Promise((resolve) => setImmediate(resolve))

test('as much runs at once as there are slots, and the rest in the order it came', async () => {
  const some = slots(2, 8)
  const jobs = Array.from({ length: 4 }, work)
  const done = jobs.map((job) => some.run(job.run))
  await turn()
  assert.deepEqual(
    jobs.map((job) => job.begun()),
    [true, true, false, false],
  )
  jobs[1]!.end('b')
  await turn()
  assert.deepEqual(
    jobs.map((job) => job.begun()),
    [true, true, true, false],
  )
  jobs[0]!.fail(new Error('a'))
  await assert.rejects(done[0]!, /^Error: a$/)
  await turn()
  assert.equal(jobs[3]!.begun(), true)
  jobs[2]!.end('c')
  jobs[3]!.end('d')
  assert.deepEqual(await Promise.all(done.slice(1)), ['b', 'c', 'd'])
})

test('a full queue is temporary', async () => {
  const one = slots(1, 1)
  const jobs = Array.from({ length: 2 }, work)
  const done = jobs.map((job) => one.run(job.run))
  await assert.rejects(
    one.run(async () => 'never'),
    (error) => error instanceof SaslError && error.reason === 'temporary',
  )
  jobs[0]!.end('a')
  await turn()
  jobs[1]!.end('b')
  assert.deepEqual(await Promise.all(done), ['a', 'b'])
})

test('an aborted signal does not wait in the queue', async () => {
  const one = slots(1, 4)
  const first = work()
  const done = one.run(first.run)
  await assert.rejects(
    one.run(async () => 'never', AbortSignal.abort(new Error('gone'))),
    /gone/,
  )
  first.end('a')
  assert.equal(await done, 'a')
})

test('work that is aborted in the queue leaves it at once, and no slot is free for that', async () => {
  const one = slots(1, 2)
  const jobs = Array.from({ length: 4 }, work)
  const begun = () => jobs.map((job) => job.begun())
  const abort = new AbortController()
  const done = [one.run(jobs[0]!.run), one.run(jobs[1]!.run)]
  const aborted = one.run(jobs[2]!.run, abort.signal)
  abort.abort(new Error('gone'))
  await assert.rejects(aborted, /^Error: gone$/)
  done.push(one.run(jobs[3]!.run))
  await turn()
  assert.deepEqual(begun(), [true, false, false, false])
  jobs[0]!.end('a')
  await turn()
  assert.deepEqual(begun(), [true, true, false, false])
  jobs[1]!.end('b')
  await turn()
  jobs[3]!.end('d')
  assert.deepEqual(await Promise.all(done), ['a', 'b', 'd'])
})

test('aborted work that had begun keeps its slot to its end', async () => {
  const one = slots(1, 4)
  const abort = new AbortController()
  const [first, second] = [work(), work()]
  const aborted = one.run(first.run, abort.signal)
  const next = one.run(second.run)
  await turn()
  abort.abort(new Error('gone'))
  await assert.rejects(aborted, /gone/)
  await turn()
  assert.equal(second.begun(), false)
  first.end('too late')
  await turn()
  assert.equal(second.begun(), true)
  second.end('b')
  assert.equal(await next, 'b')
})

test('work that was aborted before it began does not begin, however close the slot was', async () => {
  for (let microtasks = 0; microtasks < 16; microtasks++) {
    const one = slots(1, 4)
    const abort = new AbortController()
    const [first, second, third] = [work(), work(), work()]
    const done = one.run(first.run)
    const aborted = one.run(second.run, abort.signal)
    const behind = one.run(third.run)
    await turn()
    first.end('a')
    for (let i = 0; i < microtasks; i++) await undefined
    const begun = second.begun()
    abort.abort(new Error('gone'))
    await assert.rejects(aborted, /gone/)
    await turn()
    assert.equal(second.begun(), begun, `aborted after ${microtasks} microtasks`)
    second.end('too late')
    await turn()
    assert.equal(third.begun(), true)
    third.end('c')
    assert.deepEqual(await Promise.all([done, behind]), ['a', 'c'])
  }
})
