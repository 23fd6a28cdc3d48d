import { SaslError } from '../../errors.js'
import type { ServerExchange, ServerReply } from '../../exchange/server.js'
import type { Octets } from '../../octets.js'
import type { LineProfile } from '../../profiles/line-profile.js'
import type { Failure, Success } from '../../step.js'
import type { Lines } from './lines-of.js'

export interface Verdict {
  readonly reply: Success | Failure
  /** What the client sent was no line, or too long a one: what follows cannot be told from it. */
  readonly lost: boolean
  /** When the client's last message was there, by `performance.now()`. */
  readonly heardAt: number
}

/**
 * Runs a server's half of an exchange over lines; every line that comes meanwhile is a response, whatever it says.
 * Undefined: the client has gone.
 */
export async function runExchange(
  exchange: ServerExchange,
  initialResponse: Octets | undefined,
  lines: Lines,
  protocol: LineProfile,
): Promise<Verdict | undefined> {
  let heardAt = performance.now()
  let reply: ServerReply = await exchange.step(initialResponse)
  while (reply.kind === 'challenge') {
    await lines.write(protocol.writeChallenge(reply.challenge))
    let line: string | undefined
    try {
      line = await lines.readLine(protocol.limits.response)
    } catch (error) {
      return { reply: exchange.abort(reasonOf(error), error), lost: true, heardAt }
    }
    if (line === undefined) {
      exchange.abort()
      return undefined
    }
    heardAt = performance.now()
    reply = await respond(exchange, protocol, line)
  }
  return { reply, lost: false, heardAt }
}

function respond(exchange: ServerExchange, protocol: LineProfile, line: string) {
  let response: Octets | undefined
  try {
    response = protocol.readResponse(line)
  } catch (error) {
    return exchange.abort(reasonOf(error), error)
  }
  return response ? exchange.step(response) : exchange.abort('aborted')
}

/** Of what a peer's octets have led to. Everything else is not for a reply. */
function reasonOf(error: unknown): SaslError['reason'] {
  if (error instanceof SaslError) return error.reason
  throw error
}
