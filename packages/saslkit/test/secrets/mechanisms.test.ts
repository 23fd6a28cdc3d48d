/** Every mechanism, to each of its ends: no secret in a reply, an error, or a half of the exchange, in its midst or over. */
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { ServerReply } from '../../src/exchange/server.js'
import { type ClientPolicy, type SaslClient, saslClient } from '../../src/negotiation/client.js'
import { CLIENT_MECHANISMS, type ClientCredentials } from '../../src/negotiation/client-table.js'
import type { MechanismName } from '../../src/negotiation/mechanism-name.js'
import { NoMechanism } from '../../src/negotiation/no-mechanism.js'
import { saslServer } from '../../src/negotiation/server.js'
import { SERVER_MECHANISMS } from '../../src/negotiation/server-table.js'
import type { Octets } from '../../src/octets.js'
import { converse, type Pair } from '../../src/testing/mechanism/converse.js'
import { connection, DECOY_SECRET, directory } from './accounts.js'
import { assertSilent } from './assert-silent.js'
import { good, OUTCOMES, type Outcome } from './outcomes.js'

/** Mechanisms that carry no authzid refuse credentials that hold one, and say so without the rest. */
function select(client: SaslClient, mechanism: string, { select: options }: Outcome, signal: AbortSignal) {
  try {
    return client.select([mechanism], connection, { ...options, signal })
  } catch (error) {
    assertSilent(error, 'what select throws')
    if (error instanceof NoMechanism) return undefined
    throw error
  }
}

/** Undefined where the credentials are such that no mechanism could carry them. */
function clientOf(credentials: ClientCredentials, policy: ClientPolicy): SaslClient | undefined {
  try {
    return saslClient(credentials, policy)
  } catch (error) {
    assertSilent(error, 'what saslClient throws')
    assert.ok(error instanceof TypeError)
    return undefined
  }
}

async function run(mechanism: MechanismName, outcome: Outcome): Promise<'success' | 'failure' | undefined> {
  const policy = { mechanisms: [mechanism] }
  const server = saslServer({ directory, decoySecret: DECOY_SECRET, ...outcome.server, policy })
  const client = clientOf(outcome.credentials ?? good, { ...outcome.policy, ...policy })
  if (!client) return 'failure'
  assertSilent([server, server.offer(connection)], 'the server')
  assertSilent([client, client.consider([mechanism], connection)], 'the client')
  const ending = new AbortController()
  const ours = select(client, mechanism, outcome, ending.signal)
  if (!ours) return undefined
  const exchanges: Pair = {
    client: ours,
    server: server.begin(mechanism, connection, {
      additionalData: outcome.name.length % 2 ? 'as-challenge' : 'with-success',
      signal: ending.signal,
      ...(outcome.maxLength !== undefined && { maxLength: outcome.maxLength }),
      ...(outcome.maxSteps !== undefined && { maxSteps: outcome.maxSteps }),
    }),
  }
  watchReplies(exchanges)
  const { abort } = outcome
  const { clientError, server: reply } = await converse(exchanges, (message, at, pair) => {
    if (at === abort?.at && abort.by === 'signal') ending.abort(new Error('enough'))
    if (at === abort?.at && abort.by === 'method') pair.client.abort()
    return outcome.wire ? outcome.wire(message, at, pair) : message.octets
  }).catch((error: unknown) => {
    // Who goes on after an abort is told so; nothing else comes through.
    assertSilent(error, 'what comes through')
    assert.ok(error instanceof TypeError)
    return { clientError: error, server: undefined }
  })
  assertSilent(clientError, "the client's error")
  assertSilent(reply, "the server's last reply")
  assertSilent([exchanges, client, server, outcome.policy?.channelBinding], 'all, when it is over')
  assertSilent(await misused(() => exchanges.client.start()), 'what misuse of the client throws')
  assertSilent(await misused(() => exchanges.server.step(undefined)), 'what misuse of the server throws')
  return clientError === undefined && reply?.kind === 'success' ? 'success' : 'failure'
}

/** Each as it is given, while the exchange waits. */
function watchReplies(exchanges: Pair): void {
  const step = exchanges.server.step.bind(exchanges.server)
  exchanges.server.step = async (response?: Octets): Promise<ServerReply> => {
    const reply = await step(response)
    assertSilent(reply, "the server's reply")
    assertSilent(exchanges, 'the exchanges, in their midst')
    return reply
  }
}

async function misused(call: () => unknown): Promise<unknown> {
  try {
    return await call()
  } catch (error) {
    assert.ok(error instanceof TypeError)
    return error
  }
}

const BY_PASSWORD = /^(?:SCRAM|PLAIN|LOGIN|CRAM)/

for (const mechanism of CLIENT_MECHANISMS)
  describe(mechanism, () => {
    assert.ok(SERVER_MECHANISMS.includes(mechanism))
    for (const outcome of OUTCOMES)
      test(outcome.name, async () => {
        const ended = await run(mechanism, outcome)
        if (outcome.ends && BY_PASSWORD.test(mechanism)) assert.equal(ended, outcome.ends)
      })
  })

test('the mechanism that nobody found says nothing of the credentials', () => {
  for (const offered of [[], ['NTLM'], ['PLAIN']])
    assert.throws(
      () => saslClient(good, { minimum: 'bound' }).select(offered, { secure: false }),
      (error) => {
        assert.ok(error instanceof NoMechanism)
        assertSilent(error, 'NoMechanism')
        return true
      },
    )
})
