import { hex } from '../../octets.js'
import { ALTERATIONS } from './alterations.js'
import { isContent, isSaslError, type Outcome } from './converse.js'
import { expect, expectIdentity } from './expect.js'
import { CARRIAGES, type MechanismUnderTest, run } from './under-test.js'

/** Every message, changed in every way at every offset: nobody gets in by it, and nothing breaks. */
export function testAltered<Accounts extends object>(mechanism: MechanismUnderTest<Accounts>): void {
  const { altered, client, identity, test } = mechanism
  for (const carriage of CARRIAGES)
    test(`${client.name} ${carriage.name}: altered messages are ${altered}`, async () => {
      const { messages } = await run(mechanism, carriage)
      for (const [index, { from, octets }] of messages.entries()) {
        if (!octets) continue
        for (let at = 0; at <= octets.length; at++)
          for (const alteration of ALTERATIONS) {
            let changed: Uint8Array | undefined
            const outcome = await run(mechanism, carriage, {}, (message, place) => {
              if (place !== index || !message.octets) return message.octets
              const result = alteration.apply(message.octets, at)
              changed = result
              return result ?? message.octets
            })
            if (changed === undefined) continue
            const what = `message ${index}, ${alteration.name} at ${at} (${hex(changed)})`
            if (!isContent(outcome))
              expect(isSaslError(outcome.clientError), `${what}: ${String(outcome.clientError)}`)
            judgeAltered(outcome, from, what)
          }
      }
    })

  function judgeAltered(outcome: Outcome, from: 'client' | 'server', what: string): void {
    const letIn = outcome.server?.kind === 'success'
    if (altered === 'refused') {
      if (from === 'client') expect(!letIn, `${what}: the server let the client in`)
      else expect(!isContent(outcome), `${what}: the client is content`)
    } else if (altered === 'harmless' && letIn) expectIdentity(outcome.server, identity, what)
  }
}
