/** ANONYMOUS (RFC 4505): nobody proves anything; the client may leave a trace. */
import { malformed } from '../errors.js'
import { EMPTY, text, utf8 } from '../octets.js'
import { requireKnown } from '../require-known.js'
import { type ClientMechanism, clientFirst, finish, type ServerMechanism, success } from '../step.js'
import { requireText } from './client-credentials.js'

/**
 * What a client says of itself that wants to be nobody (RFC 4505 section 2). It is sent in the clear, and proves nothing.
 */
export interface AnonymousCredentials {
  /** An email address, or an opaque token that means something to whoever reads the log. */
  readonly trace?: string | undefined
}

/**
 * The client half of ANONYMOUS: asks to be let in as nobody.
 *
 * @throws TypeError when the trace is not one: over 255 characters, control characters, more than one "@".
 */
export function anonymousClient({ trace = '' }: AnonymousCredentials = {}): ClientMechanism {
  if (trace && !isTrace(requireText(trace, 'trace')))
    throw new TypeError('trace must be an email address or a token of at most 255 characters')
  return { name: 'ANONYMOUS', start: () => finish(trace ? utf8(trace) : EMPTY) }
}

/** Who somebody is who proved nothing. */
export interface AnonymousServerOptions {
  /** The authcid that nobody gets; default "anonymous". Never the trace, which anybody can choose. */
  readonly authcid?: string | undefined
}

const SERVER_OPTIONS: Readonly<Record<keyof AnonymousServerOptions, true>> = { authcid: true }

/**
 * The server half of ANONYMOUS: lets everybody in, as nobody.
 *
 * @throws TypeError for an authcid that is no name, and for options that there are not.
 */
export function anonymousServer(options: AnonymousServerOptions = {}): ServerMechanism {
  requireKnown(options, Object.keys(SERVER_OPTIONS), 'anonymousServer')
  const { authcid = 'anonymous' } = options
  requireText(authcid, 'authcid')
  return {
    name: 'ANONYMOUS',
    maxLength: 1024,
    start: (initialResponse) =>
      clientFirst(initialResponse, (message) => {
        const trace = text(message)
        if (trace && !isTrace(trace)) throw malformed('not trace information')
        return success({ authcid, anonymous: { trace: trace || undefined } })
      }),
  }
}

/**
 * RFC 4505 section 3, the "trace" profile, and a little stricter: what it prohibits (controls, format characters,
 * private use, surrogates, C.6, C.8), with unassigned code points by the engine's Unicode in place of 3.2.
 */
const PROHIBITED = /\p{C}|\u2028|\u2029|\u0340|\u0341|[\ufff9-\ufffd]/u

const isTrace = (trace: string): boolean =>
  [...trace].length <= 255 && !PROHIBITED.test(trace) && trace.split('@').length <= 2
