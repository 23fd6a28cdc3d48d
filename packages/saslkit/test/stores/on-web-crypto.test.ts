/** A store in memory once more, and what unknown names look like, over the crypto seam that browsers get. */
import '../browser-seams.js'
import assert from 'node:assert/strict'
import { test } from 'node:test'

const { directory, memoryStore, verifiedPasswords } = await import('../../src/stores/index.js')
const { makeStoredCredentials, parseStoredCredential } = await import('../../src/credentials/index.js')
const { testStore } = await import('../../src/testing/index.js')
const { ask, decoySecret } = await import('./enumeration.js')

testStore({ test, make: (accounts) => memoryStore(accounts), cannotHold: (name) => /[\0-\x1f]/.test(name) })

test('decoys and hashes that have to be loaded', async () => {
  const context = { connection: { secure: true } }
  const made = await makeStoredCredentials('pencil', {
    iterations: 4096,
    passwordHash: { scheme: 'scrypt', N: 2 },
  })
  for (const credentials of [[made], [parseStoredCredential('pencil', { hint: 'cleartext' })]]) {
    const store = await memoryStore([{ name: 'user', credentials }])
    const from = directory(store, { decoySecret, verified: verifiedPasswords() })
    for (const hash of ['SHA-256', 'SHA-512', 'SHA-1'] as const) {
      const { salt, ...known } = await ask(from, 'user', hash)
      const { salt: other, ...unknown } = await ask(from, 'resu', hash)
      assert.deepEqual(unknown, known)
      assert.notEqual(other, salt)
    }
    for (const password of ['pencil', 'pencil'])
      assert.deepEqual(await from.verifyPassword('user', password, context), { authcid: 'user' })
    assert.equal(await from.verifyPassword('user', 'eraser', context), false)
  }
})
