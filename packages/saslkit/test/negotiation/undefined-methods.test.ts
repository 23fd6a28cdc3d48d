/** A directory's methods may be there and undefined, as every option may: TypeScript takes it, and nobody calls one. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Directory } from '../../src/directory.js'
import { saslServer } from '../../src/negotiation/server.js'
import { utf8 } from '../../src/octets.js'

const NONE: Directory = {
  verifyPassword: undefined,
  secret: undefined,
  scramCredentials: undefined,
  decoy: undefined,
  decoyShape: undefined,
  verifyToken: undefined,
  scramHashes: undefined,
}
const secure = { secure: true } as const
const decoySecret = new Uint8Array(16)

test('what is undefined is not offered, and not called', async () => {
  const passwords = saslServer({ directory: { ...NONE, verifyPassword: () => true } })
  assert.deepEqual(passwords.offer(secure), ['PLAIN'])

  const keys = saslServer({ directory: { ...NONE, scramCredentials: () => undefined }, decoySecret })
  assert.deepEqual(keys.offer(secure), ['SCRAM-SHA-256'])
  const reply = await keys.begin('SCRAM-SHA-256', secure).step(utf8('n,,n=nobody,r=abc'))
  assert.equal(reply.kind, 'challenge')

  const tokens = saslServer({ directory: { ...NONE, verifyToken: () => ({ authcid: 'tim' }) } })
  assert.deepEqual(tokens.offer(secure), ['OAUTHBEARER'])
})
