import type { Socket } from 'node:net'
import { TLSSocket } from 'node:tls'
import { SaslError } from '../../errors.js'
import type { Asked, LineContext, LineProfile, Reply } from '../../profiles/line-profile.js'
import { linesOf } from './lines-of.js'

/** A client's side of a conversation in lines: each thing said is answered by one reply. */
export interface Conversation {
  readonly socket: Socket
  /** Hears what the server says first. */
  greeting(): Promise<Reply>
  command(asked: Exclude<Asked, 'greeting'>, write: (context: LineContext) => string): Promise<Reply>
  /** Says what belongs to the command before. */
  respond(line: string): Promise<Reply>
  /** Octets that have come behind the last reply. */
  unread(): number
  release(): void
}

/** Of one reply, over all its lines: more than any server has to say before a login. */
const MOST_OCTETS = 65_536
const MOST_LINES = 256

/** @throws SaslError from each method: `temporary` when the connection ends, `malformed`, `limit-exceeded`, `aborted`. */
export function converse(
  socket: Socket,
  protocol: LineProfile,
  hostname: string,
  signal: AbortSignal,
): Conversation {
  const lines = linesOf(socket, signal)
  let commands = 0
  let context: LineContext = { tag: 's0', hostname }

  async function hear(asked: Asked): Promise<Reply> {
    const heard: string[] = []
    let octets = 0
    for (;;) {
      const line = await lines.readLine(protocol.limits.reply).catch((error) => {
        throw interrupted(error, asked, socket)
      })
      if (line === undefined) throw ended(lines.error(), asked)
      octets += line.length
      if (octets > MOST_OCTETS || heard.push(line) > MOST_LINES)
        throw new SaslError('limit-exceeded', 'a reply without end')
      const reply = protocol.readReply(heard, asked, context)
      if (reply) return reply
    }
  }

  return {
    socket,
    greeting: () => hear('greeting'),
    async command(asked, write) {
      context = { tag: `s${++commands}`, hostname }
      await lines.write(write(context))
      return hear(asked)
    },
    async respond(line) {
      await lines.write(line)
      return hear('authenticate')
    },
    unread: lines.unread,
    release: lines.release,
  }
}

/** What we waited for, for whoever has to find out why in vain. */
const AWAITED: Readonly<Record<Asked, string>> = {
  greeting: "the server's greeting",
  capabilities: 'the capabilities of the server',
  'start-tls': 'the answer to STARTTLS',
  authenticate: 'the answer of the server to our authentication',
}

const ended = (cause: Error | undefined, asked: Asked): SaslError =>
  new SaslError('temporary', `the server closed the connection; we waited for ${AWAITED[asked]}`, { cause })

function interrupted(error: unknown, asked: Asked, socket: Socket): unknown {
  if (!(error instanceof SaslError && error.reason === 'aborted')) return error
  const hint = asked === 'greeting' && !(socket instanceof TLSSocket) ? SILENT : ''
  return new SaslError('aborted', `${error.message}, waiting for ${AWAITED[asked]}${hint}`, {
    cause: error.cause,
  })
}

/** Where each side waits for the other to begin. */
const SILENT =
  ": does the port speak TLS from the first octet on? Then pass tls: 'implicit'. Or was the greeting read before the socket was passed? It has to be left there"
