import assert from 'node:assert/strict'
import { test } from 'node:test'
import { plainServer, ServerExchange, saslServer, utf8 } from '../../src/index.js'

const connection = { secure: true }
const directory = { verifyPassword: () => true, verifyToken: () => ({ authcid: 'tim' }) }

for (const [maxAuthzidLength, longest] of [
  [undefined, 1020],
  [20, 20],
  [3071, 2000],
  [Number.NaN, 0],
] as const)
  for (const excess of [0, 1])
    test(`an authzid of ${longest + excess} characters, where ${maxAuthzidLength} are allowed`, async () => {
      const authzid = 'é'.repeat(longest + excess)
      const asked: string[] = []
      const authorize = (identity: { authzid: string }) => {
        asked.push(identity.authzid)
        return true
      }
      const message = utf8(`${authzid}\0tim\0pencil`)
      const limits = { maxAuthzidLength, maxLength: 10_000 }
      const server = saslServer({ directory, authorize, policy: { mechanisms: ['PLAIN'] } })
      const expected = maxAuthzidLength === 3071 || (excess === 0 && longest > 0)
      for (const exchange of [
        new ServerExchange(plainServer(directory), { connection, authorize, ...limits }),
        server.begin('PLAIN', connection, limits),
      ]) {
        const reply = await exchange.step(message)
        if (expected) assert.equal(reply.kind === 'success' && reply.identity.authzid, authzid)
        else assert.equal(reply.kind === 'failure' && reply.reason, 'limit-exceeded')
      }
      assert.equal(asked.length, expected ? 2 : 0)
    })
