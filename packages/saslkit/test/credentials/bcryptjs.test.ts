/** Where bcryptjs alone is installed. */
import assert from 'node:assert/strict'
import * as loading from 'node:module'
import { test } from 'node:test'

const skip = typeof loading.registerHooks !== 'function' && 'needs Node 22.15'

if (!skip)
  loading.registerHooks({
    resolve(specifier, context, next) {
      if (specifier.startsWith('@node-rs/')) throw new Error(`no ${specifier}`)
      return next(specifier, context)
    },
  })

const { parseStoredCredential, verifyPassword } = await import('../../src/credentials/index.js')
const { KNOWN_ANSWERS } = await import('./known-answers.js')

for (const { text, password, source } of KNOWN_ANSWERS.filter(({ scheme }) => scheme === 'bcrypt'))
  test(`bcryptjs verifies what ${source} made`, { skip }, async () => {
    const stored = parseStoredCredential(text)
    assert.equal(await verifyPassword(stored, password), true)
    assert.equal(await verifyPassword(stored, `x${password}`), false)
  })
