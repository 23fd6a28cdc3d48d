/** Workers throw where a module draws randomness, or sets a timer, before anything has been asked of it. */
import assert from 'node:assert/strict'
import { test } from 'node:test'

const ENTRANCES = [
  'index',
  'strings/index',
  'credentials/index',
  'profiles/smtp',
  'profiles/imap',
  'profiles/pop3',
  'testing/index',
  'crypto/web',
]

test('to import an entrance draws no randomness and sets no timer', async (t) => {
  const forbidden = () => assert.fail('at work while it is imported')
  const { randomUUID, subtle } = crypto
  t.mock.getter(globalThis, 'crypto', () => ({ subtle, randomUUID, getRandomValues: forbidden }))
  for (const name of ['setTimeout', 'setInterval', 'setImmediate', 'fetch'] as const)
    t.mock.method(globalThis, name, forbidden)
  for (const name of ENTRANCES) await import(`../src/${name}.js`)
})
