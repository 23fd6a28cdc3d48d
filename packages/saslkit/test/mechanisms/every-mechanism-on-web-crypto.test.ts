/** The shared suite once more, over the seams that browsers get. */
import '../browser-seams.js'
import assert from 'node:assert/strict'
import { test } from 'node:test'

const { registerAll } = await import('./rows.js')

test('the mechanisms get the seams of browsers', async () => {
  assert.equal(await import('#crypto'), await import('../../src/crypto/web.js'))
  assert.equal(await import('#octets'), await import('../../src/octets/web.js'))
})

// One of each kind of SCRAM: PBKDF2 by WebCrypto and in JavaScript, SHA-256 at hand and the others loaded.
const LEFT_OUT = /^SCRAM-(SHA-(224|384|512)|SHA-1-PLUS|SHA-256$|SHA3-512-PLUS)/
registerAll(test, (name) => !LEFT_OUT.test(name))
