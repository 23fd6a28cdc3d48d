import type { Socket } from 'node:net'
import { abortable, isPromise } from '../../awaitable.js'
import { type Octets, utf8 } from '../../octets.js'
import type { Command } from '../../profiles/line-profile.js'
import { failure, type Identity, type SecurityLayer } from '../../step.js'
import type { SocketConnection } from '../connection-of.js'
import { leave } from './leave.js'
import { REFUSAL_DELAY, refusalDelay } from './refusal-delay.js'
import { runExchange, type Verdict } from './run-exchange.js'
import { contextOf, notice, type Visit } from './visit.js'

/** Who logged in, over what, and how: what `acceptLogin` gives the server to go on with. */
export interface AcceptedLogin {
  readonly identity: Identity
  /** The authenticated connection: over TLS if STARTTLS came before, all that the client sent since still in it. */
  readonly socket: Socket
  /** PLAIN also for the commands of the protocols' own: LOGIN of IMAP, USER and PASS of POP3. */
  readonly mechanism: string
  readonly connection: SocketConnection
  /** Who an SMTP client said that it is. */
  readonly hello: string | undefined
  /** What protects all that follows, where the mechanism negotiated it. */
  readonly layer: SecurityLayer | undefined
}

export type Attempt = Extract<Command, { kind: 'authenticate' | 'password' | 'refused' }>

/** What comes of a command: the next one, the end of the connection, or a login. */
export type Turn = 'next' | 'over' | AcceptedLogin

/** Runs one attempt to authenticate, tells the client how it ended, and counts it if it failed. */
export async function attempt(visit: Visit, command: Attempt): Promise<Turn> {
  const { options, stage } = visit
  const { protocol, maxFailures = 3, onRefused, refusalDelay: delay = REFUSAL_DELAY } = options
  const context = contextOf(visit, command.tag)
  const { mechanism, verdict = GONE } = await run(visit, command)
  const { reply, lost, heardAt } = verdict
  const { lines, socket, connection } = stage
  if (reply.kind === 'success') {
    if (visit.signal.aborted) return 'over'
    await lines.write(protocol.writeSuccess(context))
    lines.release()
    const { identity, layer } = reply
    return { identity, socket, mechanism: mechanism!, connection, hello: stage.hello, layer }
  }
  visit.failures++
  const heard = onRefused?.({ mechanism, reason: reply.reason, cause: reply.cause, connection })
  if (isPromise(heard)) await unlessAborted(heard, visit.signal)
  await unlessAborted(refusalDelay(reply.reason, heardAt, delay, visit.signal), visit.signal)
  if (visit.signal.aborted) return 'over'
  const told = protocol.writeFailure(reply.reason, context)
  if (lost || visit.failures >= maxFailures) {
    leave(socket, told + notice(visit, 'closing', command.tag))
    return 'over'
  }
  await lines.write(told)
  return 'next'
}

/** Waits, but not for longer than the connection and the caller's signal last: who is told may never answer. */
async function unlessAborted(heard: PromiseLike<void>, signal: AbortSignal): Promise<void> {
  try {
    await abortable(heard, signal)
  } catch (error) {
    if (!signal.aborted) throw error
  }
}

/** A client that leaves in the middle has tried, too: a guess that ends so is not to go unseen. */
const GONE: Verdict = { reply: failure('aborted'), lost: true, heardAt: 0 }

interface Run {
  readonly mechanism: string | undefined
  readonly verdict: Verdict | undefined
}

async function run({ options, signal, stage }: Visit, command: Attempt): Promise<Run> {
  const { server, protocol } = options
  const { connection, lines } = stage
  const exchange = async (mechanism: string, initialResponse: Octets | undefined): Promise<Run> => ({
    mechanism,
    verdict: await runExchange(
      server.begin(mechanism, connection, { signal, additionalData: 'as-challenge' }),
      initialResponse,
      lines,
      protocol,
    ),
  })

  switch (command.kind) {
    case 'authenticate':
      return exchange(command.mechanism, command.initialResponse)
    case 'password':
      return exchange('PLAIN', utf8(`\0${command.authcid ?? stage.name ?? ''}\0${command.password}`))
    case 'refused':
      return {
        mechanism: undefined,
        verdict: { reply: failure(command.reason), lost: false, heardAt: performance.now() },
      }
  }
}
