/** Hostile clients of LOGIN: vectors/attacks/simple-server.json, and what it lacks. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ServerExchange, type ServerReply } from '../../src/exchange/server.js'
import { loginServer } from '../../src/mechanisms/login.js'
import { type Octets, text, unbase64, utf8 } from '../../src/octets.js'
import { assertNoPbkdf2 } from '../pbkdf2-calls.js'
import { fromHex } from '../vectors.js'
import { assertFailure, secure, vectors, watched } from './simple-server.js'

/** What the file does not say in its `steps`: an empty first step is a client without initial response. */
const runLogin = async (steps: readonly (Octets | undefined)[]) => {
  const { asked, verifier } = watched()
  const exchange = new ServerExchange(loginServer(verifier), { connection: secure })
  const replies: ServerReply[] = []
  await assertNoPbkdf2(async () => {
    for (const step of steps) {
      replies.push(await exchange.step(step))
      if (replies.at(-1)!.kind !== 'challenge') break
    }
  })
  return { asked, replies, exchange }
}

for (const { id, steps, expect } of vectors.login)
  test(`LOGIN server, ${id}: ${expect}`, async () => {
    const messages = steps.map((step, at) => (at === 0 && step === '' ? undefined : step))
    if (messages.at(-1) === '*') {
      const { asked, exchange } = await runLogin(
        messages.slice(0, -1).map((step) => (step === undefined ? undefined : unbase64(step))),
      )
      assertFailure(exchange.abort(), 'aborted')
      assert.deepEqual(asked, [])
      return
    }
    const { asked, replies } = await runLogin(
      messages.map((step) => (step === undefined ? undefined : unbase64(step))),
    )
    const last = replies.at(-1)!
    if (expect.startsWith('accept')) {
      assert.equal(last.kind === 'success' && last.identity.authcid, 'user')
      const prompts = replies.flatMap((reply) => (reply.kind === 'challenge' ? [text(reply.challenge)] : []))
      assert.deepEqual(prompts, ['Username:', 'Password:'])
      assert.deepEqual(asked, [['user', 'pencil']])
    } else {
      assertFailure(last, 'malformed')
      assert.deepEqual(asked, [])
    }
  })

test('LOGIN server: the name may come as an initial response, and an empty one is none', async () => {
  const { asked, replies } = await runLogin([utf8('user'), utf8('pencil')])
  assert.equal(replies.at(-1)!.kind, 'success')
  assert.deepEqual(asked, [['user', 'pencil']])
  assertFailure((await runLogin([new Uint8Array(0)])).replies[0]!, 'malformed')
})

test('LOGIN server: a third message is the fault of the caller', async () => {
  const { exchange } = await runLogin([undefined, utf8('user'), utf8('pencil')])
  assert.throws(() => exchange.step(utf8('more')), TypeError)
})

test('LOGIN server: names are bounded and prepared as for PLAIN', async () => {
  for (const [name, end] of [
    ['a'.repeat(256), 'invalid-credentials'],
    ['us\ner', 'invalid-credentials'],
    ['__proto__', 'invalid-credentials'],
    ['a'.repeat(1025), 'limit-exceeded'],
  ] as const) {
    const { replies } = await runLogin([undefined, utf8(name), utf8('pencil')])
    assertFailure(replies.at(-1)!, end)
  }
  const { replies } = await runLogin([undefined, utf8('us\u00ader'), utf8('pencil')])
  assert.equal(replies.at(-1)!.kind, 'success')
  for (const ill of ['ff', 'c080'])
    assertFailure((await runLogin([undefined, fromHex(ill)])).replies.at(-1)!, 'malformed')
})
