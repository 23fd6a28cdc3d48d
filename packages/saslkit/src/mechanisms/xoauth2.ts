/** XOAUTH2, Google's and Microsoft's forerunner of OAUTHBEARER: user= name, auth=Bearer token, each ended by %x01. */
import { andThen } from '../awaitable.js'
import type { TokenVerifier } from '../directory.js'
import { malformed } from '../errors.js'
import { EMPTY, text, utf8 } from '../octets.js'
import { type ClientMechanism, clientFirst, finish, type ServerMechanism } from '../step.js'
import { type Obtainable, requireText } from './client-credentials.js'
import { authorizationIdentity } from './names.js'
import { B64TOKEN, concedeToken, tokenText, verify } from './oauth.js'
import { requireDirectoryWith } from './require-directory-with.js'

/** A token to show, and the mailbox that it is for. */
export interface Xoauth2Credentials {
  /** The mailbox. */
  readonly authcid: string
  /** An OAuth 2.0 bearer token, in the characters of RFC 6750 section 2.1. */
  readonly token: Obtainable<string>
}

/**
 * The client half of XOAUTH2: shows a bearer token. A refused one ends in TokenRefused, with what the server says of it.
 *
 * @throws TypeError when the name holds %x01, which delimits and cannot be escaped.
 */
export function xoauth2Client(credentials: Xoauth2Credentials): ClientMechanism {
  const authcid = requireText(credentials?.authcid, 'authcid')
  if (authcid.includes('\x01')) throw new TypeError('XOAUTH2 cannot carry a name with %x01 in it')
  return {
    name: 'XOAUTH2',
    plaintext: true,
    maxLength: 4096,
    start: (context) =>
      andThen(tokenText(credentials.token, context), (token) =>
        finish(utf8(`user=${authcid}\x01auth=Bearer ${token}\x01\x01`), concedeToken(EMPTY)),
      ),
  }
}

const MESSAGE = /^user=([^\x01]+)\x01auth=Bearer ([^\x01]+)\x01\x01$/i

/** The identity is the token's; the mailbox that was named is asked for as authzid where it differs. */
export function xoauth2Server(verifier: TokenVerifier): ServerMechanism {
  requireDirectoryWith(verifier, 'verifyToken', 'xoauth2Server')
  return {
    name: 'XOAUTH2',
    plaintext: true,
    maxLength: 12_288,
    start: (initialResponse, context) =>
      clientFirst(initialResponse, (message) => {
        const [, user, token] = MESSAGE.exec(text(message)) ?? []
        if (!user || !token || !B64TOKEN.test(token)) throw malformed('not an XOAUTH2 message')
        // Decoded anew: a slice of the message would keep the token in memory for as long as the name is.
        const authzid = authorizationIdentity(text(message, 'user='.length, message.indexOf(1)))
        return verify(verifier, token, { authzid, host: undefined, port: undefined }, context, EMPTY)
      }),
  }
}
