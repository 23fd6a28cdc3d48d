/** The shared suite once more, over the crypto seam that browsers get. */
import assert from 'node:assert/strict'
import * as loading from 'node:module'
import { test } from 'node:test'

const WEB = new URL('../../src/crypto/web.js', import.meta.url).href

if (typeof loading.registerHooks === 'function')
  loading.registerHooks({
    resolve: (specifier, context, next) =>
      specifier === '#crypto' ? { url: WEB, shortCircuit: true } : next(specifier, context),
  })
// Before Node 22.15.
else
  loading.register(
    `data:text/javascript,${encodeURIComponent(
      `export const resolve = (specifier, context, next) =>
        specifier === '#crypto' ? { url: '${WEB}', shortCircuit: true } : next(specifier, context)`,
    )}`,
  )

const { registerAll } = await import('./rows.js')

test('the mechanisms get the crypto seam of browsers', async () => {
  assert.equal(await import('#crypto'), await import(WEB))
})

// One of each kind of SCRAM: PBKDF2 by WebCrypto and in JavaScript, SHA-256 at hand and the others loaded.
const LEFT_OUT = /^SCRAM-(SHA-(224|384|512)|SHA-1-PLUS|SHA-256$|SHA3-512-PLUS)/
registerAll(test, (name) => !LEFT_OUT.test(name))
