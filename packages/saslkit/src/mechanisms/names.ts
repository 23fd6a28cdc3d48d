import { type Awaitable, isPromise } from '../awaitable.js'
import { malformed } from '../errors.js'
import { type NamePreparation, prepareName } from '../strings/prepare.js'

/** Security limits, in UTF-8 octets: 255 is what OTP and HT allow, four times that before preparation. */
const LONGEST = 255
const LONGEST_RAW = 1020

const CONTROL = /[\u0000-\u001f\u007f-\u009f]/

/**
 * The name under which a directory is asked. Undefined where there can be no account of that name: it is too long, or
 * preparation refuses it. Looking it up would only carry control characters into stores and logs.
 */
export function directoryName(raw: string, rule: NamePreparation): Awaitable<string | undefined> {
  if (raw.length > LONGEST_RAW) return undefined
  try {
    const prepared = prepareName(raw, rule, 'query')
    return isPromise(prepared) ? prepared.then(bounded, refused) : bounded(prepared)
  } catch (error) {
    return refused(error)
  }
}

const refused = (error: unknown): undefined => {
  if (error instanceof RangeError) return undefined // PreparationError: the rule refuses this name
  throw error
}

function bounded(name: string): string | undefined {
  if (!name || CONTROL.test(name)) return undefined
  return name.length <= LONGEST / 3 || utf8Length(name) <= LONGEST ? name : undefined
}

/** Octets of the text's UTF-8 form. */
function utf8Length(text: string): number {
  let length = 0
  for (const character of text) {
    const code = character.codePointAt(0)!
    length += code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4
  }
  return length
}

/**
 * An authorization identity as it was sent. What form it has is the protocol's (RFC 4422 section 3.4.1); none has
 * controls. Undefined where it is the name that was typed beside it: clients that always send one mean themselves, also
 * where preparation or the store have another spelling of it.
 */
export function authorizationIdentity(raw: string, typed?: string): string | undefined {
  if (CONTROL.test(raw)) throw malformed('control character in the authorization identity')
  return raw === typed ? undefined : raw
}
