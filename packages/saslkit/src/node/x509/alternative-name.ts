import { type DerElement, derChildren, explicit, implicit, objectIdentifier, UTF8_STRING } from './der.js'
import { asciiText, utf8Text } from './string-text.js'

/**
 * One of subjectAltName (RFC 5280 section 4.2.1.6). `xmppAddr` is RFC 6120 section 13.7.1.4, `smtpUTF8Mailbox` RFC
 * 9598, `userPrincipalName` Microsoft's, on smart cards; `other` stands for what names no account.
 */
export interface AlternativeName {
  readonly kind:
    | 'rfc822Name'
    | 'dNSName'
    | 'uniformResourceIdentifier'
    | 'xmppAddr'
    | 'smtpUTF8Mailbox'
    | 'userPrincipalName'
    | 'other'
  /** Absent where the value is ill-formed, and of `other`. */
  readonly text?: string | undefined
}

const ASCII_NAMES: ReadonlyMap<number, AlternativeName['kind']> = new Map([
  [implicit(1), 'rfc822Name'],
  [implicit(2), 'dNSName'],
  [implicit(6), 'uniformResourceIdentifier'],
])

const OTHER_NAMES: ReadonlyMap<string, AlternativeName['kind']> = new Map([
  ['1.3.6.1.5.5.7.8.5', 'xmppAddr'],
  ['1.3.6.1.5.5.7.8.9', 'smtpUTF8Mailbox'],
  ['1.3.6.1.4.1.311.20.2.3', 'userPrincipalName'],
])

export function alternativeName(element: DerElement): AlternativeName {
  const kind = ASCII_NAMES.get(element.tag)
  if (kind) return { kind, text: asciiText(element.content) }
  if (element.tag !== explicit(0)) return { kind: 'other' }
  const [oid, value] = derChildren(element, explicit(0))
  const otherKind = OTHER_NAMES.get(objectIdentifier(oid))
  if (!otherKind) return { kind: 'other' }
  const [string, another] = derChildren(value, explicit(0))
  const text = string?.tag === UTF8_STRING && !another ? utf8Text(string.content) : undefined
  return { kind: otherKind, text }
}
