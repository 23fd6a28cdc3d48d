import assert from 'node:assert/strict'
import { test } from 'node:test'
import { extendNonce } from '../../src/crypto/extend-nonce.js'
import { text, utf8 } from '../../src/octets.js'

test('nonces are 24 printable characters behind what was there, and no two are the same', () => {
  const nonces = Array.from({ length: 300 }, () => text(extendNonce(utf8('r=client,x'), 2, 8)))
  for (const nonce of nonces) assert.match(nonce, /^client[A-Za-z0-9+/]{24}$/)
  assert.equal(new Set(nonces).size, 300)
})
