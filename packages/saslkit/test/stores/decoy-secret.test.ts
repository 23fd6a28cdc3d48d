import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ServerExchange } from '../../src/exchange/server.js'
import { scramServer } from '../../src/mechanisms/scram/server.js'
import { text, utf8 } from '../../src/octets.js'
import { directory, memoryStore } from '../../src/stores/index.js'

/** The salt of a name that nobody has. */
async function saltOf(mechanism: ReturnType<typeof scramServer>): Promise<string> {
  const reply = await new ServerExchange(mechanism).step(utf8('n,,n=nobody,r=abc'))
  assert.ok(reply.kind === 'challenge')
  return /,s=([^,]+)/.exec(text(reply.challenge))![1]!
}

test("what becomes of the caller's decoy secret changes no decoy", async () => {
  const store = await memoryStore([])
  for (const make of [
    (decoySecret: Uint8Array) =>
      scramServer('SHA-256', { scramCredentials: () => undefined }, { decoySecret }),
    (decoySecret: Uint8Array) => scramServer('SHA-256', directory(store, { decoySecret, typical: [] }), {}),
  ]) {
    const secret = new Uint8Array(16).fill(7)
    const wiped = make(secret)
    secret.fill(0)
    assert.equal(await saltOf(wiped), await saltOf(make(new Uint8Array(16).fill(7))))
    assert.notEqual(await saltOf(wiped), await saltOf(make(secret)))
  }
})
