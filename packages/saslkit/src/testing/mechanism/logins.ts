import { binary, type Octets, utf8 } from '../../octets.js'
import { converse, type Message, type Outcome } from './converse.js'
import {
  expect,
  expectFailure,
  expectIdentity,
  expectSaslError,
  expectTypeError,
  shown,
  thrown,
} from './expect.js'
import { CARRIAGES, exchangesOf, type MechanismUnderTest, run } from './under-test.js'

/** Who gets in, who does not, and when each side believes it. */
export function testLogins<Accounts extends object>(mechanism: MechanismUnderTest<Accounts>): void {
  const { client, identity, test, wrongSecret, unknownUser } = mechanism
  const { name } = client

  for (const carriage of CARRIAGES) {
    test(`${name} ${carriage.name}: both halves agree, and are then over`, async () => {
      const exchanges = exchangesOf(mechanism, carriage)
      const outcome = await run(mechanism, carriage)
      expectIdentity(outcome.server, identity, 'the server')
      expect(outcome.clientError === undefined, `the client is not content: ${String(outcome.clientError)}`)
      // A pair of its own: what is over stays over, and there is one success.
      const again = await converse(exchanges)
      expectIdentity(again.server, identity, 'the second login')
      await expectTypeError(() => exchanges.server.step(utf8('more')), 'the server, after success')
      await expectTypeError(() => exchanges.client.challenge(utf8('more')), 'the client, after success')
      await expectTypeError(() => exchanges.client.success(), 'the client, told of success twice')
      await expectTypeError(() => exchanges.client.start(), 'the client, started again')
    })

    test(`${name} ${carriage.name}: success before the server has said all is not believed`, async () => {
      const { messages } = await run(mechanism, carriage)
      // Who says that the server proves itself has the proof still to come when the client has said all.
      const ours = messages.findLastIndex(({ from, octets }) => from === 'client' && octets?.length !== 0)
      expect(
        !client.mutual || messages.some(({ from }, at) => from === 'server' && at > ours),
        'a mutual mechanism in which the server has the last word',
      )
      for (const [index, message] of messages.entries()) {
        if (message.from === 'client') continue
        for (const additionalData of [undefined, utf8('v=AAAA')]) {
          let believed: unknown
          await run(mechanism, carriage, {}, async ({ octets }, at, exchanges) => {
            if (at === index)
              believed = await thrown(
                () => exchanges.client.success(additionalData),
                `success at message ${at}`,
              )
            return octets
          })
          expectSaslError(believed, `success at message ${index}`)
        }
      }
    })

    test(`${name} ${carriage.name}: nothing more is taken once the client is content`, async () => {
      const { messages } = await run(mechanism, carriage)
      const last = messages.length - 1
      if (messages[last]!.from === 'server') return // the client has not had its say
      let error: unknown
      await run(mechanism, carriage, {}, async ({ octets }, at, exchanges) => {
        if (at === last)
          error = await thrown(async () => {
            await exchanges.client.challenge(utf8('more'))
            await exchanges.client.success()
          }, 'a challenge too many')
        return octets
      })
      expectSaslError(error, 'a challenge too many')
    })

    if (wrongSecret)
      test(`${name} ${carriage.name}: a wrong secret is refused`, async () => {
        const outcome = await run(mechanism, carriage, { client: wrongSecret })
        expectFailure(outcome.server, 'a wrong secret', 'invalid-credentials')
        expectSaslError(outcome.clientError, 'a wrong secret', 'invalid-credentials')
      })

    if (wrongSecret && unknownUser)
      test(`${name} ${carriage.name}: an unknown user looks like a wrong secret`, async () => {
        const known = await run(mechanism, carriage, { client: wrongSecret })
        const unknown = await run(mechanism, carriage, { client: unknownUser })
        expect(
          appearance(known) === appearance(unknown),
          `they differ:\n${appearance(known)}\n${appearance(unknown)}`,
        )
      })
  }
}

/** All that a client sees of the server: each message's length and shape, the last word, and its octets. */
function appearance({ messages, server }: Outcome): string {
  const sent = messages.filter(({ from }) => from === 'server').map(shape)
  const end = server?.kind === 'failure' ? `${server.reason} ${shown(server.additionalData)}` : server?.kind
  return [...sent, end].join('\n')
}

const shape = ({ octets }: Message): string => skeleton(octets!)

/** Random parts come out alike; of text the delimiters do not, and the length never does. */
function skeleton(octets: Octets): string {
  const characters = binary(octets)
  const isText = /^[\x20-\x7e]*$/.test(characters)
  return `${octets.length} ${isText ? characters.replace(/[A-Za-z0-9+/]/g, 'x') : 'octets'}`
}
