/** Hostile clients of CRAM-MD5: vectors/attacks/simple-server.json, and what it lacks. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ServerExchange } from '../../src/exchange/server.js'
import { cramMd5Server } from '../../src/mechanisms/cram-md5.js'
import { type Octets, text, utf8 } from '../../src/octets.js'
import { assertNoPbkdf2 } from '../pbkdf2-calls.js'
import { fromHex } from '../vectors.js'
import { assertFailure, vectors } from './simple-server.js'

const cram = vectors.cram_md5

const runCram = async (response: Octets, username = cram.username) => {
  const asked: string[] = []
  const secret = (authcid: string) => {
    asked.push(authcid)
    return authcid === username ? cram.password : undefined
  }
  const exchange = new ServerExchange(cramMd5Server({ secret }, { challenge: () => cram.challenge }))
  const first = await exchange.step(undefined)
  assert.equal(first.kind === 'challenge' && text(first.challenge), cram.challenge)
  const reply = await assertNoPbkdf2(async () => exchange.step(response))
  assert.throws(() => exchange.step(response), TypeError)
  return { asked, reply }
}

for (const { id, response_hex, expect, why } of cram.cases)
  test(`CRAM-MD5 server, ${id}: ${expect}${why && ` (${why})`}`, async () => {
    const { asked, reply } = await runCram(fromHex(response_hex))
    if (expect === 'accept') {
      assert.equal(reply.kind === 'success' && reply.identity.authcid, cram.username)
      assert.deepEqual(asked, [cram.username])
    } else {
      assertFailure(reply, 'malformed')
      assert.deepEqual(asked, [])
    }
  })

const DIGEST = 'b913a602c7eda7a495b4e6e7334d3890'

for (const [name, response, end, asked = []] of [
  ['an empty response', '', 'malformed'],
  ['upper-case digits', `tim ${DIGEST.toUpperCase()}`, 'malformed'],
  ['33 digits', `tim ${DIGEST}0`, 'malformed'],
  ['no name', ` ${DIGEST}`, 'malformed'],
  ['a line end', `tim ${DIGEST}\n`, 'malformed'],
  ['NUL in the name', `t\0im ${DIGEST}`, 'malformed'],
  ['a name with spaces', `tim tim ${DIGEST}`, 'invalid-credentials', ['tim tim']],
  ['another name', `tom ${DIGEST}`, 'invalid-credentials', ['tom']],
  ['a name on a prototype', `__proto__ ${DIGEST}`, 'invalid-credentials', ['__proto__']],
  ['one digit off', `tim ${DIGEST.replace(/0$/, '1')}`, 'invalid-credentials', ['tim']],
  ['a control character in the name', `ti\u0007m ${DIGEST}`, 'invalid-credentials'],
] as const)
  test(`CRAM-MD5 server, ${name}: ${end}`, async () => {
    const { asked: names, reply } = await runCram(utf8(response))
    assertFailure(reply, end)
    assert.deepEqual(names, asked)
  })

test('CRAM-MD5 server: a name with spaces in it gets in, for the digest is behind the last one', async () => {
  const { reply } = await runCram(utf8(`tim von b ${DIGEST}`), 'tim von b')
  assert.equal(reply.kind === 'success' && reply.identity.authcid, 'tim von b')
})

test('CRAM-MD5 server: what stands for an unknown user lets nobody in', async () => {
  const { createHmac } = await import('node:crypto')
  for (const key of ['', ' ', '\0', 'undefined']) {
    const digest = createHmac('md5', key).update(cram.challenge).digest('hex')
    assertFailure((await runCram(utf8(`nobody ${digest}`))).reply, 'invalid-credentials')
  }
})

test('CRAM-MD5 server: an initial response is refused, an empty one too', async () => {
  for (const response of [new Uint8Array(0), fromHex(cram.cases[0]!.response_hex)]) {
    const exchange = new ServerExchange(
      cramMd5Server({ secret: () => cram.password }, { challenge: () => cram.challenge }),
    )
    assertFailure(await exchange.step(response), 'malformed')
  }
})
