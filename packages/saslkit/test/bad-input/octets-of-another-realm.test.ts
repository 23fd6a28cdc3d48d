import assert from 'node:assert/strict'
import { test } from 'node:test'
import { runInNewContext } from 'node:vm'
import { base64, scramServer, text } from '../../src/index.js'

test('octets of another realm are octets, as are buffers: test runners have a realm for each file', () => {
  const foreign = runInNewContext(
    'Uint8Array.from("sixteen octets..", (c) => c.charCodeAt(0))',
  ) as Uint8Array<ArrayBuffer>
  assert.equal(foreign instanceof Uint8Array, false)
  assert.equal(text(foreign), 'sixteen octets..')
  assert.equal(base64(Buffer.from('hello')), 'aGVsbG8=')
  assert.ok(scramServer('SHA-256', { scramCredentials: () => undefined }, { decoySecret: foreign }))
})
