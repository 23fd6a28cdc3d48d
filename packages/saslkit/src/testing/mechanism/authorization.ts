import { SaslError } from '../../errors.js'
import type { Authorize } from '../../exchange/server.js'
import { expect, expectFailure, expectIdentity } from './expect.js'
import { CARRIAGES, type MechanismUnderTest, run } from './under-test.js'

/** What an application may answer, and what comes of it: `true` alone lets anybody in. */
const ANSWERS: readonly (readonly [
  name: string,
  authorize: Authorize,
  'in' | 'not-authorized' | 'temporary',
])[] = [
  ['true', () => true, 'in'],
  ['a promise of true', async () => true, 'in'],
  ['false', () => false, 'not-authorized'],
  ['a promise of false', async () => false, 'not-authorized'],
  ['what is merely truthy', () => 'yes' as never, 'not-authorized'],
  ['nothing', () => undefined as never, 'not-authorized'],
  [
    'an error',
    () => {
      throw new Error('no answer')
    },
    'temporary',
  ],
  [
    'a SaslError',
    () => {
      throw new SaslError('invalid-credentials', 'not an answer')
    },
    'temporary',
  ],
  ['a rejection', () => Promise.reject(new Error('no answer')), 'temporary'],
]

/** Whether who is proved may act as they ask: always asked, once, and never before the proof. */
export function testAuthorization<Accounts extends object>(mechanism: MechanismUnderTest<Accounts>): void {
  const { actingAs, client, identity, test, wrongSecret } = mechanism
  const { name } = client

  for (const carriage of CARRIAGES) {
    for (const [answer, authorize, end] of ANSWERS)
      test(`${name} ${carriage.name}: authorize answers ${answer}`, async () => {
        for (const acting of actingAs ? [undefined, actingAs] : [undefined]) {
          const asked: unknown[] = []
          const { server, clientError } = await run(mechanism, carriage, {
            ...(acting && { client: acting.client }),
            serverOptions: {
              authorize: (who, context) => {
                asked.push(who.authzid)
                return authorize(who, context)
              },
            },
          })
          const authzid = acting?.authzid ?? identity.authzid ?? identity.authcid
          expect(
            asked.length === 1 && asked[0] === authzid,
            `asked about ${String(asked)}, not ${authzid} once`,
          )
          if (end === 'in') {
            expectIdentity(server, acting ? { ...identity, authzid } : identity, answer)
            expect(clientError === undefined, `the client is not content: ${String(clientError)}`)
          } else {
            expectFailure(server, answer, end)
            expect(clientError !== undefined, 'the client is content')
          }
        }
      })

    if (actingAs)
      test(`${name} ${carriage.name}: without authorize each acts as themselves alone`, async () => {
        const { server } = await run(mechanism, carriage, { client: actingAs.client })
        expectFailure(server, `acting as ${actingAs.authzid}`, 'not-authorized')
      })

    if (wrongSecret)
      test(`${name} ${carriage.name}: authorize is not asked before the proof`, async () => {
        let asked = 0
        const authorize = () => {
          asked++
          return true
        }
        const { server } = await run(mechanism, carriage, {
          client: wrongSecret,
          serverOptions: { authorize },
        })
        expectFailure(server, 'a wrong secret', 'invalid-credentials')
        expect(asked === 0, 'authorize was asked all the same')
      })
  }
}
