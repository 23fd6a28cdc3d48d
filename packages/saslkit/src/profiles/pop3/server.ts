/** The server's side of AUTH, USER and PASS: what it makes of commands, and what it writes. */
import type { FailureReason } from '../../errors.js'
import { fromBinary, text } from '../../octets.js'
import { orMalformed, readAuthenticateArguments } from '../authenticate-arguments.js'
import { challengeWord } from '../base64-line.js'
import type { Capabilities, Command, CommandBody, LineContext, LineLimits, Notice } from '../line-profile.js'
import { requireHostname, requireLine, requireWords, textFor } from '../line-text.js'
import { requireMechanism } from '../mechanism-name.js'
import { requireCapabilities } from '../require-capabilities.js'
import { FAILURES } from './failures.js'

/** The GSSAPI service name (RFC 5034 section 4). */
export const service = 'pop'

/** What is offered where the application names nothing: that failures say why (RFC 2449 section 6.4, RFC 3206). */
export const baseCapabilities: readonly string[] = ['RESP-CODES', 'AUTH-RESP-CODE']

/** Nothing has to come before the rest. */
export const helloFirst = false

/** As much for a message as SMTP allows, and what stands around it. */
export const limits: LineLimits = {
  // "AUTH", a name of 20, and an initial response as long as a response may be: many clients do not keep to 255.
  command: 12_288 + 26,
  response: 12_288,
  literal: 0,
  reply: 24_576,
}

/** RFC 2449 section 4, CRLF not counted: every command but AUTH. */
const ORDINARY_COMMAND = 253

/** What a client asks for. */
export function readCommand(line: string): Command {
  requireLine(line)
  const [, word = '', rest] = /^([A-Za-z]{1,8})(?: (.*))?$/.exec(line) ?? []
  const keyword = word.toUpperCase()
  if (keyword === 'AUTH') return { tag: '', ...readAuthenticateArguments(rest ?? '') }
  if (line.length > ORDINARY_COMMAND) return other('line-too-long')
  switch (keyword) {
    case 'USER':
      return withText(rest, (authcid) => ({ kind: 'name', authcid }))
    case 'PASS': // RFC 1939 section 7: spaces may be part of the password
      return withText(rest, (password) => ({ kind: 'password', authcid: undefined, password }))
    case 'CAPA':
      return rest === undefined ? { tag: '', kind: 'capabilities' } : other('bad-arguments')
    case 'STLS':
      return rest === undefined ? { tag: '', kind: 'start-tls' } : other('bad-arguments')
    case 'QUIT':
      return { tag: '', kind: 'quit' }
    case 'NOOP':
      return { tag: '', kind: 'nothing' }
    default:
      return other('unknown-command')
  }
}

const other = (notice: Notice): Command => ({ tag: '', kind: 'other', notice })

function withText(octets: string | undefined, make: (characters: string) => CommandBody): Command {
  // RFC 1939 section 3 has printable characters alone: to what ends strings at NUL, another word would be meant.
  if (!octets || octets.includes('\0')) return other('bad-arguments')
  return { tag: '', ...orMalformed(() => make(text(fromBinary(octets)))) }
}

/** Without a timestamp in angle brackets: that would offer APOP (RFC 1939 section 7). */
export function writeGreeting(_: Capabilities, context: Pick<LineContext, 'hostname'>): string {
  const hostname = requireHostname(context)
  if (/[<>]/.test(hostname))
    throw new TypeError('hostname must be without "<" and ">", which would make the greeting offer APOP')
  return `+OK ${hostname} ready\r\n`
}

/** The answer to CAPA, ended by a line of "." (RFC 2449 section 5). */
export function writeCapabilities(capabilities: Capabilities): string {
  const { mechanisms, startTls, passwordCommand, others } = requireCapabilities(
    capabilities,
    'mechanisms',
    'others',
  )
  const lines = [
    ...others.map((line) => requireWords(line, 'a capability')),
    ...(startTls ? ['STLS'] : []),
    ...(passwordCommand ? ['USER'] : []),
    ...(mechanisms.length ? [`SASL ${mechanisms.map(requireMechanism).join(' ')}`] : []),
  ]
  return `+OK Capability list follows\r\n${lines.map((line) => `${line.replace(/^\./, '..')}\r\n`).join('')}.\r\n`
}

/** TLS may begin (RFC 2595 section 4). */
export const writeStartTls = (): string => '+OK Begin TLS negotiation\r\n'

/** A challenge (RFC 5034 section 4). */
export const writeChallenge = (challenge: Uint8Array): string => `+ ${challengeWord(challenge)}\r\n`

/** The client is in. Additional data has gone before, as a challenge. */
export const writeSuccess = (): string => '+OK Authenticated\r\n'

/** The response for a reason, with its response code (RFC 3206). */
export const writeFailure = (reason: FailureReason): string => `${textFor(FAILURES, reason, 'reason')}\r\n`

const NOTICES: Readonly<Record<Exclude<Notice, 'closing'>, string>> = {
  hello: '+OK',
  done: '+OK',
  'go-on': '+OK Send PASS',
  bye: '+OK Bye',
  'unknown-command': '-ERR Unknown command, or not before authentication',
  'bad-arguments': '-ERR Bad arguments',
  'out-of-order': '-ERR Bad sequence of commands',
  'log-in-first': '-ERR Not before authentication',
  'start-tls-first': '-ERR Issue STLS first',
  'no-start-tls': '-ERR STLS not available',
  'line-too-long': '-ERR Line too long',
  'bad-line': '-ERR Lines end in CRLF alone and hold no NUL',
}

/** There is no word for it but the last reply. */
export const writeNotice = (notice: Notice): string =>
  notice === 'closing' ? '' : `${textFor(NOTICES, notice, 'notice')}\r\n`
