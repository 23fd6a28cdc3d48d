import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ClientExchange } from '../../src/exchange/client.js'
import { ServerExchange } from '../../src/exchange/server.js'
import { plainClient, plainServer } from '../../src/mechanisms/plain.js'
import { hex } from '../../src/octets.js'
import { fromHex, readVectors } from '../vectors.js'

const { vectors } = readVectors<{
  vectors: {
    source: string
    message_hex: string
    authzid?: string
    authcid?: string
    password?: string
    valid: boolean
  }[]
}>('public/plain.json')

const connection = { secure: true }

for (const { source, message_hex, authzid, authcid = '', password = '', valid } of vectors) {
  if (valid)
    test(`a PLAIN client says what ${source} has for ${authcid}`, async () => {
      const exchange = new ClientExchange(plainClient({ authcid, authzid, password }), { connection })
      assert.equal(hex((await exchange.start())!), message_hex)
      await exchange.success()
    })

  test(`a PLAIN server reads what ${source} has for ${authcid || 'nobody'}`, async () => {
    const asked: unknown[] = []
    const exchange = new ServerExchange(
      plainServer({
        verifyPassword: (...question) => {
          asked.push(question.slice(0, 2))
          return true
        },
      }),
      { connection },
    )
    const reply = await exchange.step(fromHex(message_hex))
    if (!valid) {
      assert.ok(reply.kind === 'failure' && reply.reason === 'malformed')
      assert.deepEqual(asked, [])
      return
    }
    assert.deepEqual(asked, [[authcid, password]])
    if (authzid && authzid !== authcid)
      assert.ok(reply.kind === 'failure' && reply.reason === 'not-authorized')
    else {
      assert.ok(reply.kind === 'success')
      assert.deepEqual(reply.identity, { authcid, authzid: undefined })
    }
  })
}
