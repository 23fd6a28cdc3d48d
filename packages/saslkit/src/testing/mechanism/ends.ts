import type { Octets } from '../../octets.js'
import { expect, expectFailure, expectSaslError, expectTypeError, thrown } from './expect.js'
import { CARRIAGES, exchangesOf, type MechanismUnderTest, run } from './under-test.js'

/** Excess, aborts and open connections: each exchange ends, the same way at each of its messages. */
export function testEnds<Accounts extends object>(mechanism: MechanismUnderTest<Accounts>): void {
  const { client, directory, test } = mechanism
  const { name } = client
  const serverHalf = mechanism.server(directory)
  const limits = { client: client.maxLength ?? 16_384, server: serverHalf.maxLength ?? 8192 }

  for (const carriage of CARRIAGES) {
    /** What each message comes to when something happens before it arrives. */
    const each = async (
      body: (index: number, from: 'client' | 'server', octets: Octets | undefined) => Promise<void>,
    ): Promise<void> => {
      const { messages } = await run(mechanism, carriage)
      for (const [index, { from, octets }] of messages.entries()) await body(index, from, octets)
    }

    test(`${name} ${carriage.name}: a message over the limit is limit-exceeded, one at the limit is not`, () =>
      each(async (index, from) => {
        const limit = from === 'client' ? limits.server : limits.client
        for (const excess of [0, 1]) {
          const long = new Uint8Array(limit + excess).fill(0x61)
          // The message may be an authzid, whole.
          const serverOptions = { maxAuthzidLength: long.length }
          const { server, clientError } = await run(
            mechanism,
            carriage,
            { serverOptions },
            ({ octets }, at) => (at === index ? long : octets),
          )
          const reason = from === 'client' ? reasonOf(server) : reasonOf(clientError)
          expect(
            (reason === 'limit-exceeded') === (excess === 1),
            `message ${index} of ${limit + excess}: ${reason}`,
          )
        }
      }))

    test(`${name} ${carriage.name}: an aborted exchange is over at each message`, () =>
      each(async (index, from) => {
        await run(mechanism, carriage, {}, async ({ octets }, at, { client, server }) => {
          if (at !== index) return octets
          if (from === 'client') {
            expectFailure(server.abort(), 'abort', 'aborted')
            await expectTypeError(() => server.step(octets), `message ${index}`)
          } else {
            client.abort()
            await expectTypeError(() => client.challenge(octets!), `message ${index}`)
            await expectTypeError(() => client.success(), `success at message ${index}`)
          }
          throw STOP
        }).catch((error) => {
          if (error !== STOP) throw error
        })
      }))

    test(`${name} ${carriage.name}: a signal ends the exchange at each message`, () =>
      each(async (index, from) => {
        const abort = new AbortController()
        const { signal } = abort
        const exchanges = exchangesOf(mechanism, carriage, {
          ...(from === 'server' && { clientOptions: { signal } }),
          ...(from === 'client' && { serverOptions: { signal } }),
        })
        const { server, clientError } = await run(
          mechanism,
          carriage,
          {
            ...(from === 'server' && { clientOptions: { signal } }),
            ...(from === 'client' && { serverOptions: { signal } }),
          },
          ({ octets }, at) => {
            if (at === index) abort.abort(new Error('gone'))
            return octets
          },
        )
        if (from === 'client') expectFailure(server, `message ${index}`, 'aborted')
        else expectSaslError(clientError, `message ${index}`, 'aborted')
        if (from === 'client')
          expectFailure(await exchanges.server.step(undefined), 'from the start', 'aborted')
        else
          expectSaslError(await thrown(() => exchanges.client.start(), 'from the start'), 'start', 'aborted')
      }))
  }

  if (client.plaintext || serverHalf.plaintext)
    test(`${name}: nothing secret leaves or is read where anybody can listen`, async () => {
      const connection = { secure: false }
      const [carriage] = CARRIAGES as [(typeof CARRIAGES)[number]]
      const silent = new Proxy(directory, {
        get: () => () => {
          throw new Error('the directory was asked')
        },
      })
      const { client, server } = exchangesOf(mechanism, carriage, {
        directory: silent,
        clientOptions: { connection },
        serverOptions: { connection },
      })
      expectSaslError(await thrown(() => client.start(), 'start'), 'start', 'encryption-required')
      expectFailure(await server.step(new Uint8Array(0)), 'the first message', 'encryption-required')
    })
}

const reasonOf = (end: unknown): unknown =>
  typeof end === 'object' && end !== null && 'reason' in end ? end.reason : undefined

/** Ends a conversation from the wire. */
const STOP = new Error('stop')
