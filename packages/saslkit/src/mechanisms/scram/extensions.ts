import { malformed } from '../../errors.js'
import { type Octets, text } from '../../octets.js'

/** RFC 5802 section 7: attr-val *("," attr-val); value-char excludes NUL and ",". */
const EXTENSION = /^[A-Za-z]=[^\0]+$/

/** Attributes that have a place of their own may not stand among the extensions, and none may stand there twice. */
const RESERVED = 'nrmacpsive'

const MAX_EXTENSIONS = 16

/** Reads what stands after the attributes that the message must have, from the comma at `at` on. */
export function readExtensions(message: Octets, at: number, end?: number): ReadonlyMap<string, string> {
  const found = new Map<string, string>()
  for (const extension of text(message, at + 1, end).split(',', MAX_EXTENSIONS + 1)) {
    if (!EXTENSION.test(extension)) throw malformed('not a SCRAM extension')
    const attribute = extension[0]!
    if (attribute === 'm') throw malformed('a mandatory SCRAM extension')
    if (RESERVED.includes(attribute) || found.has(attribute))
      throw malformed(`SCRAM attribute "${attribute}" out of place`)
    found.set(attribute, extension.slice(2))
  }
  if (found.size > MAX_EXTENSIONS) throw malformed('too many SCRAM extensions')
  return found
}
