import type { Socket } from 'node:net'
import { setImmediate } from 'node:timers/promises'
import { SaslError } from '../../errors.js'
import { type AcceptLoginOptions, MAX_COMMANDS, requireAcceptOptions } from './accept-options.js'
import type { AcceptedLogin } from './attempt.js'
import { leave } from './leave.js'
import { serve } from './serve.js'
import { stageOn } from './stage.js'
import { contextOf, nextCommand, notice, type Visit } from './visit.js'

/**
 * Speaks with a client until somebody is logged in, and tells the client so. Undefined: nobody is, and the connection
 * is closed, since the client went away, could not behave, or failed too often, or since the signal has ended it. What
 * is thrown is the caller's fault, or what `onRefused` throws; the connection is closed then, too.
 *
 * @throws TypeError, RangeError
 */
export async function acceptLogin(
  socket: Socket,
  options: AcceptLoginOptions,
): Promise<AcceptedLogin | undefined> {
  requireAcceptOptions(socket, options)
  if (socket.destroyed) return undefined
  const ending = new AbortController()
  const end = () => ending.abort(options.signal?.reason)
  options.signal?.addEventListener('abort', end)
  if (options.signal?.aborted) end()
  socket.on('close', end)
  let visit: Visit | undefined
  try {
    visit = { options, signal: ending.signal, stage: stageOn(socket, options, ending.signal), failures: 0 }
    return await receive(visit)
  } catch (error) {
    const lastWord = visit && error instanceof SaslError ? lastWordFor(visit, error) : ''
    leave(visit?.stage.socket ?? socket, lastWord)
    if (error instanceof SaslError) return undefined
    throw error
  } finally {
    visit?.stage.lines.release()
    socket.off('close', end)
    options.signal?.removeEventListener('abort', end)
  }
}

async function receive(visit: Visit): Promise<AcceptedLogin | undefined> {
  const { protocol, maxCommands = MAX_COMMANDS } = visit.options
  await visit.stage.lines.write(protocol.writeGreeting(visit.stage.capabilities, contextOf(visit, '')))
  for (let served = 0; served < maxCommands; served++) {
    const command = await nextCommand(visit)
    const turn = command ? await serve(visit, command) : 'over'
    if (turn === 'over') {
      leave(visit.stage.socket)
      return undefined
    }
    if (turn !== 'next') return turn
    // Who sends the next one along is served in the next round, or nobody else would be until they stop.
    if (visit.stage.lines.unread() > 0) await setImmediate()
  }
  leave(visit.stage.socket, notice(visit, 'closing'))
  return undefined
}

/** What is still said to a client whose octets are no line. */
function lastWordFor(visit: Visit, { reason }: SaslError): string {
  if (reason === 'malformed') return notice(visit, 'bad-line')
  return reason === 'limit-exceeded' ? notice(visit, 'line-too-long') : ''
}
