import { expect, expectSaslError, thrown } from './expect.js'
import { CARRIAGES, exchangesOf, type MechanismUnderTest, run } from './under-test.js'

const BELIEVED =
  "the client believed it; have it send a nonce of its own, and check that the server's proof covers that"
const LET_IN =
  'an exchange that was recorded, played to a new one, is a login; have the server draw a nonce, and the proof cover it'

/** What was said in one exchange is worth nothing in the next: a nonce that is always the same is none. */
export function testReplayed<Accounts extends object>(mechanism: MechanismUnderTest<Accounts>): void {
  const { client, replayed, test } = mechanism
  const { name } = client

  for (const carriage of CARRIAGES) {
    if (replayed === 'refused')
      test(`${name} ${carriage.name}: what a client said before lets nobody in`, async () => {
        const { messages } = await run(mechanism, carriage)
        const { server } = exchangesOf(mechanism, carriage)
        let reply: Awaited<ReturnType<typeof server.step>> | undefined
        for (const { from, octets } of messages)
          if (from === 'client' && (!reply || reply.kind === 'challenge')) reply = await server.step(octets)
        expect(reply?.kind !== 'success', LET_IN)
      })

    // Whoever says that the server proves itself says so of each exchange.
    if (client.mutual)
      test(`${name} ${carriage.name}: a client does not believe what a server said before`, async () => {
        const { messages, server } = await run(mechanism, carriage)
        const said = messages.filter(({ from }) => from === 'server').map(({ octets }) => octets!)
        const withSuccess = server?.kind === 'success' && server.additionalData ? said.pop() : undefined
        const exchange = exchangesOf(mechanism, carriage).client
        const error = await thrown(
          async () => {
            await exchange.start()
            for (const challenge of said) await exchange.challenge(challenge)
            await exchange.success(withSuccess)
          },
          'a server that was recorded',
          BELIEVED,
        )
        expectSaslError(error, 'a server that was recorded')
      })
  }
}
