/** The GS2 header (RFC 5801 section 4), as servers read it. */
import { malformed } from '../errors.js'
import { type Octets, text } from '../octets.js'

export interface Gs2Header {
  /** `n`: no channel binding; `y`: could, but saw none offered; `p`: bound, by `bindingType`. */
  readonly flag: 'n' | 'y' | 'p'
  readonly bindingType: string | undefined
  readonly authzid: string | undefined
  /** The exact text, up to and with its last comma. */
  readonly text: string
  /** How many octets that is. */
  readonly length: number
}

/** RFC 5802 section 5.1: "=" stands in "=2C" and "=3D" alone, in upper case. */
export function unescapeName(escaped: string): string {
  if (!escaped.includes('=')) return escaped
  if (/=(?!2C|3D)/.test(escaped)) throw malformed('bad escape in a name')
  return escaped.replaceAll('=2C', ',').replaceAll('=3D', '=')
}

const COMMA = 0x2c
const N = 0x6e
const Y = 0x79

// Without binding or authzid, as most are.
const NOT_BOUND: Gs2Header = { flag: 'n', bindingType: undefined, authzid: undefined, text: 'n,,', length: 3 }
const NOT_OFFERED: Gs2Header = { ...NOT_BOUND, flag: 'y', text: 'y,,' }

const GS2_HEADER = /^(?:([ny])|p=([A-Za-z0-9.-]+)),(?:a=([^,\0]+))?,$/

/** Reads the header at the beginning of the message. */
export function parseGs2Header(message: Octets): Gs2Header {
  const length = message.indexOf(COMMA, message.indexOf(COMMA) + 1) + 1
  if (length === 3 && message[1] === COMMA) {
    if (message[0] === N) return NOT_BOUND
    if (message[0] === Y) return NOT_OFFERED
  }
  const header = text(message, 0, length)
  const match = GS2_HEADER.exec(header)
  if (!match) throw malformed('not a GS2 header')
  const [, flag, bindingType, authzid] = match
  return {
    flag: flag === undefined ? 'p' : (flag as 'n' | 'y'),
    bindingType,
    authzid: authzid === undefined ? undefined : unescapeName(authzid),
    text: header,
    length,
  }
}
