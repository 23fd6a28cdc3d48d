/** Workers throw where a module draws randomness, or sets a timer, before anything has been asked of it. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ENTRANCES } from './entrances.js'

/** Puts a value in place of a global one, whatever kind of property that is on this runtime. */
function replaced(name: string, value: unknown): () => void {
  const own = Object.getOwnPropertyDescriptor(globalThis, name)
  Object.defineProperty(globalThis, name, { value, configurable: true, writable: true })
  return () => {
    Reflect.deleteProperty(globalThis, name)
    if (own) Object.defineProperty(globalThis, name, own)
  }
}

test('to import an entrance draws no randomness and sets no timer', async (t) => {
  const used: string[] = []
  const forbidden = (name: string) => () => {
    used.push(name)
    throw new Error(`${name} while it is imported`)
  }
  const { randomUUID, subtle } = crypto
  t.after(replaced('crypto', { subtle, randomUUID, getRandomValues: forbidden('getRandomValues') }))
  for (const name of ['setTimeout', 'setInterval', 'setImmediate', 'fetch'])
    t.after(replaced(name, forbidden(name)))
  for (const load of Object.values(ENTRANCES)) await load()
  await import('../src/crypto/web.js')
  assert.deepEqual(used, [])
})
