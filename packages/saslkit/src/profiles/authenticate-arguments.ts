import { SaslError } from '../errors.js'
import { readInitialResponse } from './base64-line.js'
import type { CommandBody } from './line-profile.js'
import { readMechanism } from './mechanism-name.js'

/** What follows "AUTH" and "AUTHENTICATE": a mechanism, and the initial response, if there is one. */
export function readAuthenticateArguments(words: string): CommandBody {
  const [name = '', argument, extra] = words.split(' ', 3)
  if (!name || extra !== undefined) return { kind: 'other', notice: 'bad-arguments' }
  const mechanism = readMechanism(name)
  if (!mechanism) return { kind: 'refused', reason: 'mechanism-unavailable' }
  return orMalformed(() => ({
    kind: 'authenticate',
    mechanism,
    initialResponse: argument === undefined ? undefined : readInitialResponse(argument),
  }))
}

/** What cannot be read is a value, as everything that a client can send is. */
export function orMalformed(read: () => CommandBody): CommandBody {
  try {
    return read()
  } catch (error) {
    if (error instanceof SaslError) return { kind: 'refused', reason: error.reason }
    throw error
  }
}
