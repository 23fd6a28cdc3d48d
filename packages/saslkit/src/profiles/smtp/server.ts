/** The server's side of SMTP AUTH: what it makes of commands, and what it writes. */
import type { FailureReason } from '../../errors.js'
import { readAuthenticateArguments } from '../authenticate-arguments.js'
import { challengeWord } from '../base64-line.js'
import type { Capabilities, Command, LineContext, LineLimits, Notice } from '../line-profile.js'
import { requireHostname, requireLine, requireWords, textFor } from '../line-text.js'
import { requireMechanism } from '../mechanism-name.js'
import { requireCapabilities } from '../require-capabilities.js'
import { FAILURES } from './failures.js'

/** The GSSAPI service name (RFC 4954 section 4). */
export const service = 'smtp'

/** What is offered where the application names nothing: no extension but AUTH and STARTTLS. */
export const baseCapabilities: readonly string[] = []

/** EHLO comes before everything else (RFC 5321 section 4.1.4). */
export const helloFirst = true

/** 12,288 octets for each message (RFC 4954 section 4), and what stands around it. */
export const limits: LineLimits = {
  // "AUTH", a name of 20, and an initial response as long as a response may be.
  command: 12_288 + 26,
  response: 12_288,
  literal: 0,
  reply: 24_576,
}

/** RFC 5321 section 4.5.3.1.4, CRLF not counted: every command but AUTH. */
const ORDINARY_COMMAND = 510

const BEFORE_LOGIN = new Set(['MAIL', 'RCPT', 'DATA', 'BDAT', 'VRFY', 'EXPN', 'ETRN', 'BURL', 'HELP', 'TURN'])

/** Verbs are case-insensitive (RFC 5321 section 2.4), and white space before CRLF is borne with (section 4.1.1). */
export function readCommand(line: string): Command {
  requireLine(line)
  const [, word = '', rest] = /^([A-Za-z]{1,16})(?: (.*))?$/.exec(withoutSpaces(line)) ?? []
  const verb = word.toUpperCase()
  if (verb === 'AUTH') return { tag: '', ...readAuthenticateArguments(rest ?? '') }
  if (line.length > ORDINARY_COMMAND) return other('line-too-long')
  switch (verb) {
    case 'EHLO':
    case 'HELO': {
      if (!/^[\x21-\x7e]{1,255}$/.test(rest ?? '')) return other('bad-arguments')
      return { tag: '', kind: verb === 'EHLO' ? 'capabilities' : 'hello', hello: rest! }
    }
    case 'STARTTLS':
      return rest === undefined ? { tag: '', kind: 'start-tls' } : other('bad-arguments')
    case 'QUIT':
      return { tag: '', kind: 'quit' }
    case 'NOOP':
    case 'RSET':
      return { tag: '', kind: 'nothing' }
    default:
      return other(BEFORE_LOGIN.has(verb) ? 'log-in-first' : 'unknown-command')
  }
}

function withoutSpaces(line: string): string {
  let end = line.length
  while (end > 0 && line[end - 1] === ' ') end--
  return line.slice(0, end)
}

const other = (notice: Notice): Command => ({ tag: '', kind: 'other', notice })

type Host = Pick<LineContext, 'hostname'>

/** The greeting (RFC 5321 section 4.2). */
export const writeGreeting = (_: Capabilities, context: Host): string =>
  `220 ${requireHostname(context)} ESMTP\r\n`

/** The reply to EHLO (RFC 5321 section 4.1.1.1), with AUTH where a mechanism is offered (RFC 4954 section 3). */
export function writeCapabilities(capabilities: Capabilities, context: Host): string {
  const { mechanisms, startTls, others } = requireCapabilities(capabilities, 'mechanisms', 'others')
  const lines = [
    requireHostname(context),
    ...others.map((line) => requireWords(line, 'a capability')),
    ...(startTls ? ['STARTTLS'] : []),
    ...(mechanisms.length ? [`AUTH ${mechanisms.map(requireMechanism).join(' ')}`] : []),
  ]
  return lines.map((line, i) => `250${i < lines.length - 1 ? '-' : ' '}${line}\r\n`).join('')
}

/** TLS may begin (RFC 3207 section 4). */
export const writeStartTls = (): string => '220 2.0.0 Ready to start TLS\r\n'

/** A challenge (RFC 4954 section 4). */
export const writeChallenge = (challenge: Uint8Array): string => `334 ${challengeWord(challenge)}\r\n`

/** The client is in. Additional data has gone before, as a challenge. */
export const writeSuccess = (): string => '235 2.7.0 Authentication successful\r\n'

/** The reply for a reason, with its enhanced status code (RFC 4954 section 6, RFC 5248). */
export const writeFailure = (reason: FailureReason): string => `${textFor(FAILURES, reason, 'reason')}\r\n`

const NOTICES: Readonly<Record<Exclude<Notice, 'hello'>, string>> = {
  done: '250 2.0.0 OK',
  'go-on': '250 2.0.0 OK',
  bye: '221 2.0.0 Bye',
  'unknown-command': '500 5.5.1 Unknown command',
  'bad-arguments': '501 5.5.4 Bad arguments',
  'out-of-order': '503 5.5.1 Bad sequence of commands',
  'log-in-first': '530 5.7.0 Authentication required',
  'start-tls-first': '530 5.7.0 Must issue a STARTTLS command first',
  'no-start-tls': '502 5.5.1 STARTTLS not available',
  'line-too-long': '500 5.5.6 Line too long',
  'bad-line': '501 5.5.2 Lines end in CRLF alone and hold no NUL',
  closing: '421 4.7.0 Closing connection',
}

/** Everything else that is said before somebody is in. */
export const writeNotice = (notice: Notice, context: Host): string =>
  notice === 'hello' ? `250 ${requireHostname(context)}\r\n` : `${textFor(NOTICES, notice, 'notice')}\r\n`
