import type { Command, LineContext, Notice } from '../../profiles/line-profile.js'
import { type AcceptLoginOptions, HOSTNAME } from './accept-options.js'
import type { Stage } from './stage.js'

/** One client at a server's door: what changes while nobody is logged in. */
export interface Visit {
  readonly options: AcceptLoginOptions
  /** Aborted when the caller's is, and when the connection ends. */
  readonly signal: AbortSignal
  stage: Stage
  failures: number
}

export const contextOf = ({ options }: Visit, tag: string): LineContext => ({
  tag,
  hostname: options.hostname ?? HOSTNAME,
})

export const notice = (visit: Visit, word: Notice, tag = ''): string =>
  visit.options.protocol.writeNotice(word, contextOf(visit, tag))

/** The next command, with all its literals. Undefined: the client has gone. */
export async function nextCommand(visit: Visit): Promise<Command | undefined> {
  const { options, stage } = visit
  const { protocol } = options
  const { lines } = stage
  const literals: string[] = []
  let line = await lines.readLine(protocol.limits.command)
  while (line !== undefined) {
    const command = protocol.readCommand(line, literals)
    if (command.kind !== 'literal') return command
    const { tag, length, waits } = command
    if (waits) {
      // What must not be sent is not asked for.
      if (!stage.capabilities.passwordCommand)
        return { tag, kind: 'refused', reason: passwordObjection(stage) }
      await lines.write(notice(visit, 'go-on', tag))
    }
    const literal = await lines.readOctets(length)
    const more = await lines.readLine(protocol.limits.command)
    if (literal === undefined || more === undefined) return undefined
    literals.push(literal)
    line += more
  }
  return undefined
}

/** Why the protocol's own command for a password cannot be used here, where it cannot. */
export const passwordObjection = ({ connection }: Stage): 'mechanism-unavailable' | 'encryption-required' =>
  connection.secure ? 'mechanism-unavailable' : 'encryption-required'
