/** Hostile clients of ANONYMOUS: vectors/attacks/simple-server.json, and what it lacks. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ServerExchange } from '../../src/exchange/server.js'
import { anonymousServer } from '../../src/mechanisms/anonymous.js'
import { hex, type Octets, utf8 } from '../../src/octets.js'
import { assertNoPbkdf2 } from '../pbkdf2-calls.js'
import { fromHex } from '../vectors.js'
import { assertFailure, secure, vectors } from './simple-server.js'

const runAnonymous = (trace: Octets) =>
  assertNoPbkdf2(async () => new ServerExchange(anonymousServer(), { connection: secure }).step(trace))

for (const { id, trace_hex, expect } of vectors.anonymous)
  test(`ANONYMOUS server, ${id}: ${expect}`, async () => {
    const reply = await runAnonymous(fromHex(trace_hex))
    if (!expect.startsWith('accept')) return assertFailure(reply, 'malformed')
    assert.ok(reply.kind === 'success')
    assert.equal(reply.identity.authcid, 'anonymous')
    assert.equal(hex(utf8(reply.identity.anonymous?.trace ?? '')), trace_hex)
  })

for (const [name, trace, accepted] of [
  ['an email address', 'sirhc@example.com', true],
  ['255 characters of four octets', '\u{1f600}'.repeat(255), true],
  ['256 characters', 'a'.repeat(256), false],
  ['LF', 'a\nb', false],
  ['CRLF', 'a\r\nb', false],
  ['ESC', 'a\u001b[2J', false],
  ['DEL', 'a\u007f', false],
  ['a C1 control', 'a\u0085', false],
  ['a line separator', 'a\u2028b', false],
  ['a right-to-left override', 'a\u202eb', false],
  ['a private-use character', 'a\ue000', false],
  ['an unassigned code point', 'a\u{e0fff}', false],
  ['the replacement character', 'a\ufffd', false],
] as const)
  test(`ANONYMOUS server, ${name}: ${accepted ? 'accepted' : 'refused'}`, async () => {
    const reply = await runAnonymous(utf8(trace))
    if (accepted) assert.equal(reply.kind === 'success' && reply.identity.anonymous?.trace, trace)
    else assertFailure(reply, 'malformed')
  })

test('ANONYMOUS server: nobody chooses who they are', async () => {
  const reply = await runAnonymous(utf8('admin'))
  assert.equal(reply.kind === 'success' && reply.identity.authcid, 'anonymous')
  const named = await new ServerExchange(anonymousServer({ authcid: 'guest' }), { connection: secure }).step(
    utf8('admin'),
  )
  assert.equal(named.kind === 'success' && named.identity.authcid, 'guest')
})
