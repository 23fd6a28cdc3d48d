import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ClientExchange, loginClient, plainServer, ServerExchange, utf8 } from '../../src/index.js'

const connection = { secure: true }

test('a limit that is no number lets nothing through, on either side', async () => {
  for (const limit of [{ maxLength: Number.NaN }, { maxSteps: Number.NaN }]) {
    const server = new ServerExchange(plainServer({ verifyPassword: () => true }), { connection, ...limit })
    const reply = await server.step(utf8('\0tim\0pencil'))
    assert.ok(reply.kind === 'failure')
    assert.equal(reply.reason, 'limit-exceeded')

    const client = new ClientExchange(loginClient({ authcid: 'tim', password: 'x' }), {
      connection,
      ...limit,
    })
    await client.start()
    await assert.rejects(async () => client.challenge(utf8('Username:')), { reason: 'limit-exceeded' })
  }
})
