/** The client's side of AUTHENTICATE: what it writes, and what it makes of responses. */
import { malformed } from '../../errors.js'
import { unbase64 } from '../../octets.js'
import { writeInitialResponse } from '../base64-line.js'
import type { Asked, Capabilities, LineContext, Reply } from '../line-profile.js'
import { printable, quoted, requireLines } from '../line-text.js'
import { requireMechanism } from '../mechanism-name.js'
import { requireCapabilities } from '../require-capabilities.js'
import { readCapabilities } from './capabilities.js'
import { failureReason } from './failures.js'
import { requireTag } from './tag.js'

type Tag = Pick<LineContext, 'tag'>

/** RFC 7162 section 4: what a client may send, CRLF included, without asking. */
const LONGEST_COMMAND = 8192

/** CAPABILITY (RFC 9051 section 6.1.1). @throws TypeError for what is no tag. */
export const writeCapabilitiesCommand = (context: Tag): string => `${requireTag(context)} CAPABILITY\r\n`

/** STARTTLS (RFC 9051 section 6.2.1). @throws TypeError for what is no tag. */
export const writeStartTlsCommand = (context: Tag): string => `${requireTag(context)} STARTTLS\r\n`

/** RFC 4959 section 3: only where the server offers SASL-IR. */
export const carriesInitialResponse = (
  mechanism: string,
  initialResponse: Uint8Array,
  capabilities: Pick<Capabilities, 'initialResponse'>,
  context: Tag,
): boolean =>
  requireCapabilities(capabilities).initialResponse &&
  writeAuthenticateCommand(mechanism, initialResponse, context).length <= LONGEST_COMMAND

/** AUTHENTICATE (RFC 9051 section 6.2.2). Without an initial response nothing follows the name; an empty one is "=". */
export function writeAuthenticateCommand(
  mechanism: string,
  initialResponse: Uint8Array | undefined,
  context: Tag,
): string {
  const argument = initialResponse === undefined ? '' : ` ${writeInitialResponse(initialResponse)}`
  return `${requireTag(context)} AUTHENTICATE ${requireMechanism(mechanism)}${argument}\r\n`
}

/** What these lines say; undefined: it goes on, with the next line. See `LineProfile`. @throws SaslError `malformed` */
export function readReply(lines: readonly string[], asked: Asked, context: Tag): Reply | undefined {
  requireLines(lines)
  const last = lines.at(-1)!
  if (asked === 'greeting') return readGreeting(last)

  const challenge = /^\+(?: (.*))?$/.exec(last)
  if (challenge) {
    if (asked !== 'authenticate') throw malformed('a continuation that was not asked for')
    return { kind: 'challenge', challenge: unbase64(challenge[1] ?? '') }
  }
  const [, bye] = /^\* BYE(?: (.*))?$/i.exec(last) ?? []
  if (bye !== undefined) return refused('BYE', bye)
  if (last.startsWith('* ')) return undefined

  const [, sentTag, status, text = ''] = /^([^ ]+) (OK|NO|BAD)(?: (.*))?$/i.exec(last) ?? []
  if (sentTag !== requireTag(context) || status === undefined)
    throw malformed('not an IMAP response to what was asked')
  const kind = status.toUpperCase() as 'OK' | 'NO' | 'BAD'
  if (kind !== 'OK') return refused(kind, text)
  const capabilities = capabilitiesIn(lines)
  if (asked === 'capabilities' && !capabilities) throw malformed('no CAPABILITY response')
  return { kind: 'done', ...(capabilities && { capabilities }) }
}

function readGreeting(line: string): Reply {
  const [, status, text = ''] = /^\* (OK|PREAUTH|BYE)(?: (.*))?$/i.exec(line) ?? []
  if (status === undefined) throw malformed(`not an IMAP greeting: ${quoted(line)}`)
  switch (status.toUpperCase()) {
    case 'BYE':
      return refused('BYE', text)
    case 'PREAUTH':
      return { kind: 'preauthenticated' }
    default: {
      const capabilities = capabilitiesIn([line])
      return { kind: 'done', ...(capabilities && { capabilities }) }
    }
  }
}

/** The last word on it: as a response of its own, or as the code of a status response. */
function capabilitiesIn(lines: readonly string[]): Capabilities | undefined {
  for (const line of lines.toReversed()) {
    const [, item, code] = /^(?:\* CAPABILITY (.*)|[^ ]+ OK \[CAPABILITY ([^\]]*)\].*)$/i.exec(line) ?? []
    const words = item ?? code
    if (words !== undefined) return readCapabilities(words)
  }
  return undefined
}

const refused = (status: 'NO' | 'BAD' | 'BYE', text: string): Reply => ({
  kind: 'refused',
  reason: failureReason(status, text),
  text: printable(`${status} ${text}`),
})
