import assert from 'node:assert/strict'
import { test } from 'node:test'
import { memoryDirectory } from '../../src/credentials/memory-directory.js'
import { saslClient } from '../../src/negotiation/client.js'
import { saslServer } from '../../src/negotiation/server.js'

/** What TypeScript does not let through, and JavaScript does. */
const careless = (value: unknown): never => value as never

test('a client that is given no credentials, or no lists, is told what to pass', () => {
  for (const credentials of [undefined, null, 'tim'])
    assert.throws(() => saslClient(careless(credentials)), /^TypeError: credentials must be an object: /)
  assert.throws(
    () => saslClient({}, { mechanisms: careless('PLAIN') }),
    /^TypeError: policy.mechanisms must be a list/,
  )
  const client = saslClient({ authcid: 'tim', password: 'secret' })
  for (const offered of [undefined, null, 'PLAIN LOGIN', {}, { mechanisms: 'PLAIN' }, new Set(['PLAIN'])])
    for (const use of [client.select, client.consider])
      assert.throws(
        () => use(careless(offered)),
        /^TypeError: what is offered must be a list of mechanism names/,
      )
})

test('a server that is given no directory, or not yet one, is told so', () => {
  const directory = memoryDirectory([{ authcid: 'tim', password: 'secret' }], { iterations: 4096 })
  assert.throws(
    () => saslServer({ directory: careless(directory) }),
    /^TypeError: directory is a promise; await it/,
  )
  for (const none of [undefined, null, 'users.db'])
    assert.throws(() => saslServer({ directory: careless(none) }), /^TypeError: directory must be an object/)
  for (const none of [undefined, null, 'users.db'])
    assert.throws(() => saslServer(careless(none)), /^TypeError: pass an object: \{ directory \}/)
  for (const name of ['verifyPassword', 'scramCredentials', 'secret', 'verifyToken', 'decoy', 'decoyShape'])
    assert.throws(
      () => saslServer({ directory: careless({ verifyPassword: () => true, [name]: 'users.db' }) }),
      new RegExp(`^TypeError: directory.${name} must be a function`),
    )
  assert.deepEqual(saslServer({ directory: Object.create(null) }).offer({ secure: true }), [])
  assert.throws(
    () => saslServer({ directory: {}, policy: { mechanisms: careless('PLAIN') } }),
    /^TypeError: policy.mechanisms must be a list/,
  )
})
