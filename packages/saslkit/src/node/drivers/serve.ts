import type { Command, Notice } from '../../profiles/line-profile.js'
import { attempt, type Turn } from './attempt.js'
import { leave } from './leave.js'
import { stageOn } from './stage.js'
import { startServerTls } from './start-server-tls.js'
import { contextOf, notice, passwordObjection, type Visit } from './visit.js'

/** After these, what follows cannot be read. */
const LAST_WORDS: ReadonlySet<Notice> = new Set(['line-too-long', 'bad-line', 'closing'])

/** Serves one command of a client that is not logged in. */
export async function serve(visit: Visit, command: Command): Promise<Turn> {
  const { options, stage } = visit
  const { protocol } = options
  const { tag } = command
  const { socket, lines, capabilities } = stage
  const say = async (text: string): Promise<'next'> => {
    await lines.write(text)
    return 'next'
  }
  const objection = objectionTo(visit, command)
  if (objection) return say(notice(visit, objection, tag))

  switch (command.kind) {
    case 'authenticate':
    case 'password':
    case 'refused':
      return attempt(visit, command).finally(() => {
        stage.name = undefined
      })
    case 'name':
      if (!capabilities.passwordCommand)
        return attempt(visit, { tag, kind: 'refused', reason: passwordObjection(stage) })
      stage.name = command.authcid
      return say(notice(visit, 'go-on', tag))
    case 'start-tls':
      return secure(visit, tag)
    case 'capabilities':
      stage.hello = command.hello ?? stage.hello
      return say(protocol.writeCapabilities(capabilities, contextOf(visit, tag)))
    case 'hello':
      stage.hello = command.hello
      return say(notice(visit, 'hello', tag))
    case 'nothing':
      return say(notice(visit, 'done', tag))
    case 'quit':
      leave(socket, notice(visit, 'bye', tag))
      return 'over'
    case 'other':
      if (!LAST_WORDS.has(command.notice)) return say(notice(visit, command.notice, tag))
      leave(socket, notice(visit, command.notice, tag))
      return 'over'
    case 'literal':
      throw new TypeError('a literal is no command')
  }
}

/** What has to come before this command. */
function objectionTo({ options, stage }: Visit, command: Command): Notice | undefined {
  const { kind } = command
  const tries = kind === 'authenticate' || kind === 'password' || kind === 'name' || kind === 'refused'
  const later = kind === 'other' && command.notice === 'log-in-first'
  if (stage.tlsFirst && (tries || later)) return 'start-tls-first'
  // STARTTLS may come before EHLO, as GNU SASL's client has it: what was said before TLS counts for nothing after it.
  if (options.protocol.helloFirst && stage.hello === undefined && tries) return 'out-of-order'
  if (kind === 'password' && command.authcid === undefined && stage.name === undefined) return 'out-of-order'
  return kind === 'start-tls' && !stage.capabilities.startTls ? 'no-start-tls' : undefined
}

async function secure(visit: Visit, tag: string): Promise<Turn> {
  const { options, stage, signal } = visit
  const { lines, socket } = stage
  // What came behind STARTTLS in the clear would be taken for the client's once TLS stands: it is never looked at.
  if (lines.unread() > 0) {
    leave(socket, notice(visit, 'out-of-order', tag) + notice(visit, 'closing', tag))
    return 'over'
  }
  await lines.write(options.protocol.writeStartTls(contextOf(visit, tag)))
  lines.release()
  const secured = await startServerTls(socket, options.tls!, signal)
  if (!secured || secured.destroyed) return 'over'
  visit.stage = stageOn(secured, options, signal)
  return 'next'
}
