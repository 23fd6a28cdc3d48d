/** OAUTHBEARER (RFC 7628): gs2-header kvsep *kvpair kvsep. */
import { andThen } from '../awaitable.js'
import type { TokenVerifier } from '../directory.js'
import { malformed } from '../errors.js'
import { type Octets, text, utf8 } from '../octets.js'
import { type ClientMechanism, clientFirst, finish, type ServerMechanism } from '../step.js'
import { type Obtainable, optionalName } from './client-credentials.js'
import { gs2Header } from './gs2.js'
import { authorizationIdentity } from './names.js'
import { B64TOKEN, concedeToken, tokenText, verify } from './oauth.js'
import { parseGs2Header } from './parse-gs2-header.js'
import { requireDirectoryWith } from './require-directory-with.js'

/** A token to show (RFC 7628 section 3.1): whose it is, the server finds in it. */
export interface TokenCredentials {
  /** An OAuth 2.0 bearer token, in the characters of RFC 6750 section 2.1. */
  readonly token: Obtainable<string>
  /** Whom to act as; many servers want the user's address here. */
  readonly authzid?: string | undefined
}

/** RFC 7628 section 3.2.3: a single kvsep ends the error dance. */
const CONCEDED = utf8('\x01')

/** What a value can carry of a host's name; section 3.1 does not ask for one. A %x01 would begin another key. */
const HOST = /^[\x21-\x7e]+$/

/**
 * The client half of OAUTHBEARER: shows a bearer token. A refused one ends in TokenRefused, with what the server says of it.
 *
 * @throws TypeError for names that no message can carry.
 */
export function oauthBearerClient(credentials: TokenCredentials): ClientMechanism {
  if (credentials?.token === undefined)
    throw new TypeError('OAUTHBEARER needs a token; pass { token }, text or a function that gets it')
  const header = gs2Header('n', optionalName(credentials.authzid))
  return {
    name: 'OAUTHBEARER',
    plaintext: true,
    maxLength: 4096,
    start: (context) =>
      andThen(tokenText(credentials.token, context), (token) => {
        const { host, port } = context.connection
        const where = `${host && HOST.test(host) ? `host=${host}\x01` : ''}${port ? `port=${port}\x01` : ''}`
        return finish(
          utf8(`${header}\x01${where}auth=Bearer ${token}\x01\x01`),
          concedeToken(CONCEDED.slice()),
        )
      }),
  }
}

/** The server half of OAUTHBEARER: asks whose the token is. The identity is the token's. */
export function oauthBearerServer(verifier: TokenVerifier): ServerMechanism {
  requireDirectoryWith(verifier, 'verifyToken', 'oauthBearerServer')
  return {
    name: 'OAUTHBEARER',
    plaintext: true,
    maxLength: 12_288,
    start: (initialResponse, context) =>
      clientFirst(initialResponse, (message) => {
        const { authzid, token, host, port } = parseMessage(message)
        const asked = authzid === undefined ? undefined : authorizationIdentity(authzid)
        return verify(verifier, token, { authzid: asked, host, port }, context, CONCEDED)
      }),
  }
}

interface Message {
  readonly authzid: string | undefined
  readonly token: string
  readonly host: string | undefined
  readonly port: number | undefined
}

/** RFC 7628 section 3.1: key = 1*(ALPHA), value = *(VCHAR / SP / HTAB / CR / LF). */
const PAIR = /^([A-Za-z]+)=([\x21-\x7e \t\r\n]*)$/

const MAX_PAIRS = 32

function parseMessage(message: Octets): Message {
  const header = parseGs2Header(message)
  if (header.flag === 'p') throw malformed('OAUTHBEARER has no channel binding')
  const rest = text(message, header.length)
  if (!rest.startsWith('\x01') || !rest.endsWith('\x01\x01')) throw malformed('not an OAUTHBEARER message')

  const parts = rest.slice(1, -2).split('\x01', MAX_PAIRS + 1)
  if (parts.length > MAX_PAIRS) throw malformed('too many keys in an OAUTHBEARER message')
  const pairs = new Map<string, string>()
  for (const pair of parts) {
    const [, key, value] = PAIR.exec(pair) ?? []
    if (key === undefined || value === undefined || pairs.has(key.toLowerCase()))
      throw malformed('bad or repeated key in an OAUTHBEARER message')
    pairs.set(key.toLowerCase(), value)
  }
  const [, token] = /^Bearer (.+)$/i.exec(pairs.get('auth') ?? '') ?? []
  if (!token || !B64TOKEN.test(token)) throw malformed('no bearer token in an OAUTHBEARER message')
  return { authzid: header.authzid, token, host: pairs.get('host'), port: readPort(pairs.get('port')) }
}

function readPort(digits: string | undefined): number | undefined {
  if (digits === undefined) return undefined
  const port = /^[1-9]\d{0,4}$/.test(digits) ? Number(digits) : 0
  if (port < 1 || port > 65_535) throw malformed('bad port in an OAUTHBEARER message')
  return port
}
