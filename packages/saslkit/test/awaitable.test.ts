import assert from 'node:assert/strict'
import { test } from 'node:test'
import { abortable, andThen, isPromise } from '../src/awaitable.js'

const gone = new Error('gone')
const never = new Promise<never>(() => {})

test('work is freed by a signal, also by one that has fired before', async () => {
  await assert.rejects(abortable(never, AbortSignal.abort(gone)), gone)
  const abort = new AbortController()
  const freed = abortable(never, abort.signal)
  abort.abort(gone)
  await assert.rejects(freed, gone)
})

test('work that ends leaves nothing behind on the signal', async () => {
  const listeners = new Set<unknown>()
  const signal = {
    aborted: false,
    addEventListener: (_: string, listener: unknown) => listeners.add(listener),
    removeEventListener: (_: string, listener: unknown) => listeners.delete(listener),
  } as unknown as AbortSignal
  assert.equal(await abortable(Promise.resolve(1), signal), 1)
  const thenable = { then: (resolve: (value: number) => void) => queueMicrotask(() => resolve(2)) }
  assert.equal(await abortable(thenable as unknown as PromiseLike<number>, signal), 2)
  await assert.rejects(abortable(Promise.reject(gone), signal), gone)
  assert.equal(listeners.size, 0)
})

test('what has a function "then" is waited for, and nothing else', async () => {
  for (const value of [1, 'then', null, undefined, {}, { then: 'a column' }]) {
    assert.equal(isPromise(value), false)
    assert.equal(
      andThen(value, (same) => same),
      value,
    )
  }
  const thenable = {
    then(resolve: (value: number) => void) {
      resolve(1)
    },
  } as unknown as PromiseLike<number>
  assert.equal(await andThen(thenable, (one) => one + 1), 2)
})

test('what has a then and can be called is waited for, as await does', async () => {
  const stub = Object.assign(() => {}, { then: (next: (value: number) => void) => next(7) })
  assert.equal(isPromise<unknown>(stub), true)
  assert.equal(
    isPromise<unknown>(() => {}),
    false,
  )
  assert.equal(await andThen<number, number>(stub as unknown as PromiseLike<number>, (value) => value + 1), 8)
})
