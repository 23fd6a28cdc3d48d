/** The client's side of SMTP AUTH: what it writes, and what it makes of replies. */
import { malformed } from '../../errors.js'
import { unbase64 } from '../../octets.js'
import { writeInitialResponse } from '../base64-line.js'
import type { Asked, Capabilities, LineContext, Reply } from '../line-profile.js'
import { printable, quoted, requireHostname, requireLines } from '../line-text.js'
import { readMechanisms, requireMechanism } from '../mechanism-name.js'
import { failureReason } from './failures.js'

/** RFC 5321 section 4.5.3.1.4, CRLF included. A server may take more, and must of responses; of this line it need not. */
const LONGEST_COMMAND = 512

/** EHLO (RFC 5321 section 4.1.1.1). @throws TypeError for a host name that a line cannot carry. */
export const writeCapabilitiesCommand = (context: Pick<LineContext, 'hostname'>): string =>
  `EHLO ${requireHostname(context)}\r\n`

/** STARTTLS (RFC 3207 section 4). */
export const writeStartTlsCommand = (): string => 'STARTTLS\r\n'

/** RFC 4954 section 4: where it would make the line too long, the initial response answers the first challenge. */
export const carriesInitialResponse = (mechanism: string, initialResponse: Uint8Array): boolean =>
  writeAuthenticateCommand(mechanism, initialResponse).length <= LONGEST_COMMAND

/** "AUTH PLAIN" has no initial response; "AUTH PLAIN =" has an empty one. */
export function writeAuthenticateCommand(
  mechanism: string,
  initialResponse?: Uint8Array | undefined,
): string {
  const argument = initialResponse === undefined ? '' : ` ${writeInitialResponse(initialResponse)}`
  return `AUTH ${requireMechanism(mechanism)}${argument}\r\n`
}

/** RFC 5321 section 4.2. That the text may be missing is told of servers in section 4.2.1. */
const LINE = /^([2-5]\d\d)(?:([ -])(.*))?$/

const EXPECTED: Readonly<Record<Asked, string>> = {
  greeting: '220',
  capabilities: '250',
  'start-tls': '220',
  authenticate: '235',
}

/** What these lines say; undefined: it goes on, with the next line. See `LineProfile`. @throws SaslError `malformed` */
export function readReply(lines: readonly string[], asked: Asked): Reply | undefined {
  requireLines(lines)
  const parts = lines.map((line) => {
    const [, code, mark, text = ''] = LINE.exec(line) ?? []
    if (code === undefined)
      throw asked === 'greeting'
        ? malformed(`not an SMTP greeting: ${quoted(line)}`)
        : malformed('not an SMTP reply')
    return { code, more: mark === '-', text }
  })
  const { code, more, text } = parts.at(-1)!
  if (parts.some((part) => part.code !== code)) throw malformed('an SMTP reply of several codes')
  if (more) return undefined

  if (code === EXPECTED[asked])
    return {
      kind: 'done',
      ...(asked === 'capabilities' && { capabilities: readCapabilities(parts.slice(1)) }),
    }
  if (code === '334' && asked === 'authenticate') {
    if (parts.length > 1) throw malformed('a challenge on several lines')
    return { kind: 'challenge', challenge: unbase64(text) }
  }
  if (code[0] !== '4' && code[0] !== '5') throw malformed(`an SMTP reply of code ${code} was not asked for`)
  return {
    kind: 'refused',
    reason: failureReason(code, text),
    text: printable(`${code} ${parts.map((part) => part.text).join(' ')}`),
  }
}

function readCapabilities(parts: readonly { readonly text: string }[]): Capabilities {
  const mechanisms: string[] = []
  const others: string[] = []
  let startTls = false
  for (const { text } of parts) {
    // "AUTH=PLAIN" is what servers before RFC 2554 wrote, and some still do for clients of that age.
    const list = /^AUTH(?:[ =](.*))?$/i.exec(text)
    if (list) mechanisms.push(...(list[1] ?? '').split(' '))
    else if (/^STARTTLS *$/i.test(text)) startTls = true
    else others.push(text)
  }
  return {
    mechanisms: readMechanisms(mechanisms),
    startTls,
    initialResponse: true,
    passwordCommand: false,
    others,
  }
}
