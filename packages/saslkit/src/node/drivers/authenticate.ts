import { malformed, SaslError } from '../../errors.js'
import type { ClientExchange } from '../../exchange/client.js'
import type { Octets } from '../../octets.js'
import type { Capabilities, LineProfile, Reply } from '../../profiles/line-profile.js'
import type { Conversation } from './converse.js'
import { leave } from './leave.js'

export interface Outcome {
  /** Undefined: we are in. Else why the server says that we are not; another attempt may follow. */
  readonly refused: SaslError | undefined
  readonly capabilities: Capabilities | undefined
  readonly roundTrips: number
}

/**
 * Runs one exchange over a conversation. What is thrown ends the conversation: where the server waits for a response,
 * it is told by a `*` that none will come.
 */
export async function authenticate(
  conversation: Conversation,
  protocol: LineProfile,
  exchange: ClientExchange,
  offered: Capabilities,
): Promise<Outcome> {
  const { mechanism } = exchange
  /** What is still to be sent when the server asks for it, since it could not go along with the command. */
  let held: Octets | undefined
  let roundTrips = 0

  const cancel = (error: unknown): never => {
    exchange.abort()
    leave(conversation.socket, protocol.writeCancel())
    throw error
  }
  const hear = async (reply: Promise<Reply>): Promise<Reply> => {
    roundTrips++
    return reply.catch((error) => {
      // A challenge that cannot be read is answered by a cancellation (RFC 4954 section 4, RFC 5034 section 4).
      if (error instanceof SaslError && error.reason === 'malformed') return cancel(error)
      throw error
    })
  }
  const answer = async (challenge: Octets): Promise<Octets> => {
    if (!held) return exchange.challenge(challenge)
    if (challenge.length) throw malformed(`the client speaks first in ${mechanism}`)
    const response = held
    held = undefined
    return response
  }

  const initialResponse = await exchange.start()
  let reply = await hear(
    conversation.command('authenticate', (context) => {
      const fits =
        initialResponse && protocol.carriesInitialResponse(mechanism, initialResponse, offered, context)
      if (!fits) held = initialResponse
      return protocol.writeAuthenticateCommand(mechanism, fits ? initialResponse : undefined, context)
    }),
  )
  while (reply.kind === 'challenge') {
    const response = await answer(reply.challenge).catch(cancel)
    reply = await hear(conversation.respond(protocol.writeResponse(response)))
  }
  if (reply.kind === 'refused') {
    const refused = exchange.failure(reply.reason, `the server refused ${mechanism}: ${reply.text}`)
    return { refused, capabilities: undefined, roundTrips }
  }
  if (reply.kind !== 'done') throw malformed('neither challenge nor verdict')
  if (held) throw new SaslError('server-not-authenticated', `success before ${mechanism} had begun`)
  await exchange.success()
  return { refused: undefined, capabilities: reply.capabilities, roundTrips }
}
