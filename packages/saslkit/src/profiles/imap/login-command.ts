import { malformed } from '../../errors.js'
import { fromBinary, text } from '../../octets.js'
import { orMalformed } from '../authenticate-arguments.js'
import type { CommandBody } from '../line-profile.js'

/** RFC 9051 section 9: ATOM-CHAR and resp-specials. */
const ATOM = /[!#$&'+,\-./0-9:;<=>?@A-Z[\]^_`a-z|}~]+/y
const QUOTED = /"((?:[^"\\\r\n]|\\["\\])*)"/y
/** RFC 9051 section 4.3, RFC 7888: with "+" the client does not wait. */
const LITERAL = /\{(\d{1,8})(\+?)\}/y

/**
 * Reads what follows "LOGIN ": two strings, each an atom, quoted, or a literal. Text is UTF-8 (RFC 9051 section 6.2.3);
 * an undefined `literals` entry is one that has yet to come.
 */
export function readLogin(args: string, literals: readonly string[], longest: number): CommandBody {
  const words: string[] = []
  let at = 0
  let used = 0
  while (words.length < 2) {
    if (words.length === 1 && args[at++] !== ' ') return BAD
    const atom = match(ATOM, args, at)
    const quoted = match(QUOTED, args, at)
    const literal = match(LITERAL, args, at)
    const found = atom ?? quoted ?? literal
    if (!found) return BAD
    at += found[0].length
    if (atom) words.push(atom[0])
    else if (quoted) words.push(quoted[1]!.replace(/\\(.)/g, '$1'))
    else {
      const octets = literals[used++]
      if (octets !== undefined) words.push(octets)
      else return at === args.length ? announced(literal!, longest) : BAD
    }
  }
  if (at !== args.length) return BAD
  return orMalformed(() => {
    const [authcid, password] = words.map((octets) => text(fromBinary(octets)))
    if (authcid!.includes('\0') || password!.includes('\0')) throw malformed('NUL in a literal')
    return { kind: 'password', authcid: authcid!, password: password! }
  })
}

const BAD: CommandBody = { kind: 'other', notice: 'bad-arguments' }

/** A literal that is too long and does not wait to be asked for is on its way already: the connection is lost. */
function announced(literal: RegExpExecArray, longest: number): CommandBody {
  const length = Number(literal[1])
  const waits = literal[2] === ''
  if (length <= longest) return { kind: 'literal', length, waits }
  return waits ? { kind: 'refused', reason: 'limit-exceeded' } : { kind: 'other', notice: 'line-too-long' }
}

function match(pattern: RegExp, text: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at
  return pattern.exec(text)
}
