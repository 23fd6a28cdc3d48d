/** The server's side of AUTHENTICATE and LOGIN: what it makes of commands, and what it writes. */
import type { FailureReason } from '../../errors.js'
import { readAuthenticateArguments } from '../authenticate-arguments.js'
import { challengeWord } from '../base64-line.js'
import type { Capabilities, Command, CommandBody, LineContext, LineLimits, Notice } from '../line-profile.js'
import { requireHostname, requireLine, textFor } from '../line-text.js'
import { writeWords } from './capabilities.js'
import { FAILURES } from './failures.js'
import { readLogin } from './login-command.js'
import { isTag, requireTag } from './tag.js'

/** The GSSAPI service name (RFC 9051 section 6.2.2). */
export const service = 'imap'

/** What is offered where the application names nothing. */
export const baseCapabilities: readonly string[] = ['IMAP4rev1']

/** Nothing has to come before the rest. */
export const helloFirst = false

/** As much for a message as SMTP allows, and what stands around it. */
export const limits: LineLimits = {
  // A tag, "AUTHENTICATE", a name of 20, and an initial response as long as a response may be.
  command: 12_288 + 100,
  response: 12_288,
  literal: 4096,
  reply: 24_576,
}

/** What a client asks for. After a literal, its octets and the rest of the line are read along with it: see `LineProfile`. */
export function readCommand(line: string, literals: readonly string[] = []): Command {
  requireLine(line)
  const [, tag = '', word = '', rest] = /^([^ ]+) ([A-Za-z]{1,16})(?: (.*))?$/.exec(line) ?? []
  if (!isTag(tag)) return { tag: NO_TAG, ...unlessFollowed(line, BAD) }
  const command = word.toUpperCase()
  if (command === 'LOGIN') {
    const login = readLogin(rest ?? '', literals, limits.literal)
    return { tag, ...(login.kind === 'other' ? unlessFollowed(line, login) : login) }
  }
  return { tag, ...unlessFollowed(line, readOther(command, rest)) }
}

function readOther(command: string, rest: string | undefined): CommandBody {
  if (command === 'AUTHENTICATE') return readAuthenticateArguments(rest ?? '')
  const kind = ARGUMENTLESS.get(command)
  if (!kind) return { kind: 'other', notice: 'unknown-command' }
  return rest === undefined ? { kind } : BAD
}

const BAD: CommandBody = { kind: 'other', notice: 'bad-arguments' }

/**
 * RFC 7888 section 4: a literal that does not wait to be asked for is on its way. Where it is not taken, the connection is lost,
 * for what it holds, which may be somebody else's words, would be read as commands.
 */
const unlessFollowed = (line: string, body: CommandBody): CommandBody =>
  /\{\d+\+\}$/.test(line) && !(body.kind === 'other' && body.notice === 'line-too-long')
    ? { kind: 'other', notice: 'closing' }
    : body

/** Stands for the tag of a command that has none: its answer is untagged (RFC 9051 section 7.1.3). */
const NO_TAG = '*'

const ARGUMENTLESS = new Map<string, 'capabilities' | 'start-tls' | 'nothing' | 'quit'>([
  ['CAPABILITY', 'capabilities'],
  ['STARTTLS', 'start-tls'],
  ['NOOP', 'nothing'],
  ['LOGOUT', 'quit'],
])

type Tag = Pick<LineContext, 'tag'>

/** A greeting that tells the capabilities spares the client a question (RFC 9051 section 7.1). */
export const writeGreeting = (capabilities: Capabilities, context: Pick<LineContext, 'hostname'>): string =>
  `* OK [${writeWords(capabilities)}] ${requireHostname(context)} ready\r\n`

/** The answer to CAPABILITY (RFC 9051 section 7.2.2). */
export const writeCapabilities = (capabilities: Capabilities, context: Tag): string =>
  `* ${writeWords(capabilities)}\r\n${tagged(context)} OK Done\r\n`

/** TLS may begin (RFC 9051 section 6.2.1). */
export const writeStartTls = (context: Tag): string => `${tagged(context)} OK Begin TLS negotiation now\r\n`

/** A challenge (RFC 9051 section 6.2.2). */
export const writeChallenge = (challenge: Uint8Array): string => `+ ${challengeWord(challenge)}\r\n`

/** The client is in. Additional data has gone before, as a challenge. */
export const writeSuccess = (context: Tag): string => `${tagged(context)} OK Authenticated\r\n`

/** The response for a reason, with its response code (RFC 9051 section 7.1). */
export const writeFailure = (reason: FailureReason, context: Tag): string =>
  `${tagged(context)} ${textFor(FAILURES, reason, 'reason')}\r\n`

const NOTICES: Readonly<Record<Exclude<Notice, 'go-on' | 'bye'>, string>> = {
  hello: 'OK Done',
  done: 'OK Done',
  'unknown-command': 'BAD Unknown command, or not before authentication',
  'bad-arguments': 'BAD Bad command or arguments',
  'out-of-order': 'BAD Bad sequence of commands',
  'log-in-first': 'BAD Not before authentication',
  'start-tls-first': 'NO [PRIVACYREQUIRED] Issue STARTTLS first',
  'no-start-tls': 'BAD STARTTLS not available',
  'line-too-long': 'BYE Line too long',
  'bad-line': 'BYE Lines end in CRLF alone and hold no NUL',
  closing: 'BYE Closing connection',
}

const UNTAGGED: ReadonlySet<Notice> = new Set(['line-too-long', 'bad-line', 'closing'])

/** Everything else that is said before somebody is in. */
export function writeNotice(notice: Notice, context: Tag): string {
  if (notice === 'go-on') return '+ Go on\r\n'
  if (notice === 'bye') return `* BYE Logging out\r\n${tagged(context)} OK Done\r\n`
  return `${UNTAGGED.has(notice) ? NO_TAG : tagged(context)} ${textFor(NOTICES, notice, 'notice')}\r\n`
}

const tagged = (context: Tag): string => (context?.tag === NO_TAG ? NO_TAG : requireTag(context))
