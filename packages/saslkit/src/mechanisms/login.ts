/** LOGIN (draft-murchison-sasl-login): obsolete, and still what some mail clients speak. A name, then a password. */
import { andThen } from '../awaitable.js'
import { consult } from '../consult.js'
import type { PasswordVerifier } from '../directory.js'
import { malformed, SaslError } from '../errors.js'
import { type Octets, text, utf8 } from '../octets.js'
import {
  type ClientMechanism,
  challenge,
  failure,
  finish,
  respond,
  type ServerMechanism,
  type ServerStep,
} from '../step.js'
import type { NamePreparation } from '../strings/prepare.js'
import { type PasswordCredentials, passwordText, requireText } from './client-credentials.js'
import { judge } from './judge.js'
import { directoryName } from './names.js'
import { passwordLimit } from './password-limit.js'
import { requireDirectoryWith } from './require-directory-with.js'
import { requireServerOptions } from './require-server-options.js'

/**
 * Answers the first challenge with the name and the second with the password, whatever they ask: servers word their
 * prompts as they like.
 *
 * @throws TypeError when there is an authzid, which LOGIN cannot carry.
 */
export function loginClient(credentials: PasswordCredentials): ClientMechanism {
  const authcid = requireText(credentials?.authcid, 'authcid')
  if (credentials.authzid) throw new TypeError('LOGIN cannot carry an authzid; use PLAIN')
  return {
    name: 'LOGIN',
    plaintext: true,
    start: (context) =>
      respond(undefined, () =>
        respond(utf8(authcid), () =>
          andThen(passwordText(credentials.password, context), (password) => finish(utf8(password))),
        ),
      ),
  }
}

/** How a server takes names and passwords for LOGIN. */
export interface LoginServerOptions {
  /** How names are prepared; default SASLprep, as for PLAIN. */
  readonly prepare?: NamePreparation | undefined
  /**
   * The longest password that the directory is asked about, in octets of UTF-8; default 1,024. A longer one ends as
   * `limit-exceeded`. For tokens in place of passwords, raise it: the longest message that is taken follows.
   */
  readonly maxPasswordLength?: number | undefined
}

const OPTIONS: Readonly<Record<keyof LoginServerOptions, true>> = {
  prepare: true,
  maxPasswordLength: true,
}

/** What a name may take, where passwords are to be shorter; the same limit holds for both messages. */
const NAME = 1024

/** The prompts that clients were written against; some compare them. */
const USERNAME = utf8('Username:')
const PASSWORD = utf8('Password:')

/**
 * The server half of LOGIN: asks for name and password, and the directory whether they are right.
 *
 * @throws TypeError for a directory or options that are none; RangeError for a limit that is no positive whole number.
 */
export function loginServer(directory: PasswordVerifier, options: LoginServerOptions = {}): ServerMechanism {
  requireDirectoryWith(directory, 'verifyPassword', 'loginServer')
  requireServerOptions(options, Object.keys(OPTIONS), 'loginServer')
  const { prepare = 'saslprep' } = options
  const longest = passwordLimit(options.maxPasswordLength)
  return {
    name: 'LOGIN',
    plaintext: true,
    maxLength: Math.max(NAME, longest),
    start(initialResponse, context) {
      const takeName = (name: Octets): ServerStep => {
        const sent = word(name, 'name')
        return challenge(PASSWORD.slice(), (response) => {
          if (response.length > longest) throw new SaslError('limit-exceeded', 'password too long')
          const password = word(response, 'password')
          return andThen(directoryName(sent, prepare), (authcid) =>
            authcid === undefined
              ? failure('invalid-credentials')
              : andThen(
                  consult(() => directory.verifyPassword(authcid, password, context)),
                  (verdict) => judge(verdict, { authcid }),
                ),
          )
        })
      }
      // "AUTH LOGIN dGlt": the name comes as an initial response, which the draft does not have and clients send.
      return initialResponse ? takeName(initialResponse) : challenge(USERNAME.slice(), takeName)
    },
  }
}

function word(octets: Octets, what: string): string {
  const sent = text(octets)
  if (!sent || sent.includes('\0')) throw malformed(`not a LOGIN ${what}`)
  return sent
}
