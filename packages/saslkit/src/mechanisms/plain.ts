/** PLAIN (RFC 4616): [authzid] NUL authcid NUL passwd. */
import { type Awaitable, andThen, isPromise } from '../awaitable.js'
import { consult } from '../consult.js'
import type { PasswordVerifier } from '../directory.js'
import { malformed, SaslError } from '../errors.js'
import { type Octets, text, utf8 } from '../octets.js'
import {
  type ClientMechanism,
  clientFirst,
  failure,
  finish,
  type ServerMechanism,
  type ServerStep,
} from '../step.js'
import type { NamePreparation } from '../strings/prepare.js'
import { optionalName, type PasswordCredentials, passwordText, requireText } from './client-credentials.js'
import { judge } from './judge.js'
import { authorizationIdentity, directoryName } from './names.js'
import { passwordLimit } from './password-limit.js'
import { requireDirectoryWith } from './require-directory-with.js'
import { requireServerOptions } from './require-server-options.js'

/**
 * The client half of PLAIN: shows name and password to the server, so it runs over secure connections alone.
 *
 * @throws TypeError for names that no message can carry.
 */
export function plainClient(credentials: PasswordCredentials): ClientMechanism {
  const authcid = requireText(credentials?.authcid, 'authcid')
  const authzid = optionalName(credentials.authzid) ?? ''
  return {
    name: 'PLAIN',
    plaintext: true,
    start: (context) =>
      andThen(passwordText(credentials.password, context), (password) =>
        finish(utf8(`${authzid}\0${authcid}\0${password}`)),
      ),
  }
}

/** How a server takes names and passwords for PLAIN. */
export interface PlainServerOptions {
  /** How names are prepared; default SASLprep (RFC 4616 section 2). */
  readonly prepare?: NamePreparation | undefined
  /**
   * The longest password that the directory is asked about, in octets of UTF-8; default 1,024. A longer one ends as
   * `limit-exceeded`. For tokens in place of passwords, raise it: the longest message that is taken follows.
   */
  readonly maxPasswordLength?: number | undefined
}

const KNOWN: Readonly<Record<keyof PlainServerOptions, true>> = {
  prepare: true,
  maxPasswordLength: true,
}

/** What two names, and the delimiters, may take of a message beside the password. */
const NAMES = 2048

/**
 * The server half of PLAIN: asks the directory whether the password is right.
 *
 * @throws TypeError for a directory or options that are none; RangeError for a limit that is no positive whole number.
 */
export function plainServer(directory: PasswordVerifier, options: PlainServerOptions = {}): ServerMechanism {
  requireDirectoryWith(directory, 'verifyPassword', 'plainServer')
  requireServerOptions(options, Object.keys(KNOWN), 'plainServer')
  const { prepare = 'saslprep' } = options
  const longest = passwordLimit(options.maxPasswordLength)
  return {
    name: 'PLAIN',
    plaintext: true,
    maxLength: NAMES + longest,
    start: (initialResponse, context) =>
      clientFirst(initialResponse, (message: Octets): Awaitable<ServerStep> => {
        const { authzid, authcid: sent, password } = parsePlain(message, longest)
        const asked = authzid ? authorizationIdentity(authzid, sent) : undefined

        const verify = (authcid: string | undefined): Awaitable<ServerStep> => {
          if (authcid === undefined) return failure('invalid-credentials')
          const verdict = consult(() => directory.verifyPassword(authcid, password, context))
          const identity = { authcid, authzid: asked }
          return isPromise(verdict)
            ? verdict.then((value) => judge(value, identity))
            : judge(verdict, identity)
        }
        return andThen(directoryName(sent, prepare), verify)
      }),
  }
}

/** Each is a text of its own: a slice of the whole would keep the password in memory for as long as the name is. */
function parsePlain(
  message: Octets,
  longest: number,
): { authzid: string; authcid: string; password: string } {
  const first = message.indexOf(0)
  const second = message.indexOf(0, first + 1)
  // Without a first NUL there is no second.
  if (second < 0) throw malformed('not a PLAIN message')
  if (message.length - (second + 1) > longest) throw new SaslError('limit-exceeded', 'password too long')
  const authzid = text(message, 0, first)
  const authcid = text(message, first + 1, second)
  const password = text(message, second + 1)
  if (!authcid || !password || password.includes('\0')) throw malformed('not a PLAIN message')
  return { authzid, authcid, password }
}
