/** The client's side of AUTH: what it writes, and what it makes of responses. */
import { malformed } from '../../errors.js'
import { unbase64 } from '../../octets.js'
import { writeInitialResponse } from '../base64-line.js'
import type { Asked, Capabilities, Reply } from '../line-profile.js'
import { printable, quoted, requireLines } from '../line-text.js'
import { readMechanisms, requireMechanism } from '../mechanism-name.js'
import { failureReason } from './failures.js'

/** RFC 2449 section 4, CRLF included. RFC 5034 section 4 holds the initial response to it, and nothing else. */
const LONGEST_COMMAND = 255

/** CAPA (RFC 2449 section 5). */
export const writeCapabilitiesCommand = (): string => 'CAPA\r\n'

/** STLS (RFC 2595 section 4). */
export const writeStartTlsCommand = (): string => 'STLS\r\n'

/** Where it would make the line too long, the initial response answers the first challenge (RFC 5034 section 4). */
export const carriesInitialResponse = (mechanism: string, initialResponse: Uint8Array): boolean =>
  writeAuthenticateCommand(mechanism, initialResponse).length <= LONGEST_COMMAND

/** "AUTH PLAIN" has no initial response; "AUTH PLAIN =" has an empty one (RFC 5034 section 4). */
export function writeAuthenticateCommand(
  mechanism: string,
  initialResponse?: Uint8Array | undefined,
): string {
  const argument = initialResponse === undefined ? '' : ` ${writeInitialResponse(initialResponse)}`
  return `AUTH ${requireMechanism(mechanism)}${argument}\r\n`
}

/** What these lines say; undefined: it goes on, with the next line. See `LineProfile`. @throws SaslError `malformed` */
export function readReply(lines: readonly string[], asked: Asked): Reply | undefined {
  requireLines(lines)
  const [first = '', ...more] = lines
  const [, sign, text = ''] = /^(\+OK|-ERR)(?: (.*))?$/i.exec(first) ?? []
  if (sign === undefined) {
    const challenge = /^\+(?: (.*))?$/.exec(first)
    if (asked === 'greeting') throw malformed(`not a POP3 greeting: ${quoted(first)}`)
    if (!challenge || asked !== 'authenticate') throw malformed('not a POP3 response')
    return { kind: 'challenge', challenge: unbase64(challenge[1] ?? '') }
  }
  if (sign.startsWith('-'))
    return { kind: 'refused', reason: failureReason(text), text: printable(`-ERR ${text}`) }
  if (asked !== 'capabilities') return { kind: 'done' }
  // RFC 1939 section 3: a line of several begins with "." twice, or is the last.
  if (more.at(-1) !== '.') return undefined
  return {
    kind: 'done',
    capabilities: readCapabilities(more.slice(0, -1).map((line) => line.replace(/^\./, ''))),
  }
}

function readCapabilities(lines: readonly string[]): Capabilities {
  const mechanisms: string[] = []
  const others: string[] = []
  let startTls = false
  let passwordCommand = false
  for (const line of lines) {
    const list = /^SASL(?: (.*))?$/i.exec(line)
    if (list) mechanisms.push(...(list[1] ?? '').split(' '))
    else if (/^STLS$/i.test(line)) startTls = true
    else if (/^USER$/i.test(line)) passwordCommand = true
    else others.push(line)
  }
  return { mechanisms: readMechanisms(mechanisms), startTls, initialResponse: true, passwordCommand, others }
}
