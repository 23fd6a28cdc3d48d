/** Hostile clients of EXTERNAL: vectors/attacks/simple-server.json, and what it lacks. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { FailureReason } from '../../src/errors.js'
import { type Authorize, ServerExchange } from '../../src/exchange/server.js'
import { externalServer } from '../../src/mechanisms/external.js'
import { type Octets, utf8 } from '../../src/octets.js'
import { assertNoPbkdf2 } from '../pbkdf2-calls.js'
import { fromHex } from '../vectors.js'
import { assertFailure, vectors } from './simple-server.js'

/** What the node entrance makes of these certificates is tested with it; here stands what it hands on. */
const EXTERNAL: Readonly<Record<string, { identity?: string; end: { as: string } | FailureReason }>> = {
  'empty-with-cert': { identity: 'user', end: { as: 'user' } },
  'other-authzid': { identity: 'user', end: 'not-authorized' },
  'unverified-cert': { end: 'invalid-credentials' },
  'cn-injection': { identity: 'user', end: { as: 'user' } },
  'san-nul': { end: 'invalid-credentials' },
  'bad-utf8': { identity: 'user', end: 'malformed' },
}

const runExternal = (response: Octets, externalIdentity?: string, authorize?: Authorize) =>
  assertNoPbkdf2(async () =>
    new ServerExchange(externalServer(), { connection: { secure: true, externalIdentity }, authorize }).step(
      response,
    ),
  )

for (const { id, response_hex, tls, expect } of vectors.external)
  test(`EXTERNAL server, ${id} (${tls}): ${expect}`, async () => {
    const { identity, end } = EXTERNAL[id]!
    const reply = await runExternal(fromHex(response_hex), identity)
    if (typeof end === 'string') assertFailure(reply, end)
    else assert.equal(reply.kind === 'success' && reply.identity.authcid, end.as)
  })

test('EXTERNAL server: the identity is the one of the layer below, whatever the client types', async () => {
  for (const typed of ['user', '__proto__', 'constructor']) {
    assertFailure(await runExternal(utf8(typed)), 'invalid-credentials')
    const reply = await runExternal(utf8(typed), 'certificate', () => true)
    assert.deepEqual(reply.kind === 'success' && reply.identity, { authcid: 'certificate', authzid: typed })
  }
  for (const empty of ['', undefined])
    assertFailure(await runExternal(utf8(''), empty), 'invalid-credentials')
})

test('EXTERNAL server: NUL, controls and 1,025 octets are refused', async () => {
  assertFailure(await runExternal(utf8('us\0er'), 'user', () => true), 'malformed')
  assertFailure(await runExternal(utf8('us\r\ner'), 'user', () => true), 'malformed')
  assertFailure(await runExternal(utf8('a'.repeat(1025)), 'user', () => true), 'limit-exceeded')
})
