/** The GS2 header (RFC 5801 section 4), which SCRAM and OAUTHBEARER begin with, and its escapes. */
import { malformed } from '../errors.js'

export interface Gs2Header {
  /** `n`: no channel binding; `y`: could, but saw none offered; `p`: bound, by `bindingType`. */
  readonly flag: 'n' | 'y' | 'p'
  readonly bindingType: string | undefined
  readonly authzid: string | undefined
  /** The exact text, up to and with its last comma. */
  readonly text: string
}

export const escapeName = (name: string): string => name.replaceAll('=', '=3D').replaceAll(',', '=2C')

/** RFC 5802 section 5.1: "=" stands in "=2C" and "=3D" alone, in upper case. */
export function unescapeName(escaped: string): string {
  if (!escaped.includes('=')) return escaped
  if (/=(?!2C|3D)/.test(escaped)) throw malformed('bad escape in a name')
  return escaped.replaceAll('=2C', ',').replaceAll('=3D', '=')
}

const GS2_HEADER = /^(?:([ny])|p=([A-Za-z0-9.-]+)),(?:a=([^,\0]+))?,/

/** Reads the header at the beginning of the message. */
export function parseGs2Header(message: string): Gs2Header {
  const match = GS2_HEADER.exec(message)
  if (!match) throw malformed('not a GS2 header')
  const [header, flag, bindingType, authzid] = match
  return {
    flag: flag === undefined ? 'p' : (flag as 'n' | 'y'),
    bindingType,
    authzid: authzid === undefined ? undefined : unescapeName(authzid),
    text: header,
  }
}

export const gs2Header = (flag: string, authzid: string | undefined): string =>
  `${flag},${authzid === undefined ? '' : `a=${escapeName(authzid)}`},`
