/** SHA-crypt draws a salt of its own, and nobody passes one. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { makeStoredCredential } from '../../src/credentials/index.js'

for (const scheme of ['sha256-crypt', 'sha512-crypt'] as const)
  test(`${scheme} has 16 random digits of salt`, async () => {
    const salts = new Set<string | undefined>()
    for (let i = 0; i < 3; i++) {
      const { text } = await makeStoredCredential('pencil', { scheme, rounds: 1000 })
      salts.add(/^\$[56]\$rounds=1000\$([./0-9A-Za-z]{16})\$/.exec(text)?.[1])
    }
    assert.equal(salts.size, 3)
    assert.ok(!salts.has(undefined))
  })
