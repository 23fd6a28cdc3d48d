import { UNKNOWN_CONNECTION } from '../connection.js'
import { anonymousClient } from '../mechanisms/anonymous.js'
import {
  type Obtainable,
  optionalName,
  type Password,
  type PasswordCredentials,
  passwordText,
  requireText,
} from '../mechanisms/client-credentials.js'
import { cramMd5Client } from '../mechanisms/cram-md5.js'
import { externalClient } from '../mechanisms/external.js'
import { loginClient } from '../mechanisms/login.js'
import { oauthBearerClient } from '../mechanisms/oauthbearer.js'
import { plainClient } from '../mechanisms/plain.js'
import { type ScramClientOptions, scramClient } from '../mechanisms/scram/client.js'
import { isPlus } from '../mechanisms/scram/variant.js'
import { xoauth2Client } from '../mechanisms/xoauth2.js'
import { requireKnown } from '../require-known.js'
import type { ClientMechanism } from '../step.js'
import type { MechanismName } from './mechanism-name.js'
import { SCRAM_VARIANTS } from './scram-names.js'
import type { Strength } from './strength.js'

/** What we log in with: any of these, as values or as functions that are called when the value is needed. */
export interface ClientCredentials {
  /** Our name: whose password or token it is. */
  readonly authcid?: string | undefined
  /** Whom to act as, where that is somebody else. */
  readonly authzid?: string | undefined
  /** Or a function that asks for it when it is needed. */
  readonly password?: Obtainable<Password> | undefined
  /** An OAuth 2.0 access token, or a function that gets one: called anew, once, after the server refused the one before. */
  readonly token?: Obtainable<string> | undefined
  /** The layer below has authenticated us: a client certificate, a local socket. */
  readonly external?: boolean | undefined
  /** Log in as nobody; a text is left as trace information. */
  readonly anonymous?: boolean | string | undefined
}

export interface ClientRow {
  readonly name: string
  readonly strength: Strength
  /** Only used when the policy names it. */
  readonly obsolete?: true
  readonly plaintext?: true
  /** What proves us is a token, which runs out. */
  readonly byToken?: true
  /** What is missing of the credentials, in a word; undefined when nothing is. */
  missing(credentials: ClientCredentials): string | undefined
  make(credentials: ClientCredentials, scram: ScramClientOptions): ClientMechanism
}

/** A row of the table itself: mechanisms of the caller's own have any name. */
export interface BuiltIn extends ClientRow {
  readonly name: MechanismName
}

const needsPassword = ({ authcid, password }: ClientCredentials): string | undefined =>
  password === undefined ? 'a password' : authcid === undefined ? 'an authcid' : undefined

const noAuthzid = (credentials: ClientCredentials): string | undefined =>
  needsPassword(credentials) ?? (credentials.authzid ? 'no authzid, which it cannot carry' : undefined)

const needsToken = ({ token }: ClientCredentials): string | undefined =>
  token === undefined ? 'a token' : undefined

const withPassword = (credentials: ClientCredentials): PasswordCredentials =>
  credentials as PasswordCredentials

const CREDENTIALS = Object.keys({
  authcid: true,
  authzid: true,
  password: true,
  token: true,
  external: true,
  anonymous: true,
} satisfies Record<keyof ClientCredentials, true>)

/**
 * @throws TypeError for what are no credentials, for names and passwords that no mechanism can carry, and for an `external` or
 *   `anonymous` of a wrong type: at once, not when one is selected.
 */
export function requireWellFormed(credentials: ClientCredentials): void {
  if (typeof credentials !== 'object' || credentials === null)
    throw new TypeError(
      'credentials must be an object: { authcid, password }, { token }, { external: true } …',
    )
  requireKnown(credentials, CREDENTIALS, 'credentials')
  const { authcid, authzid, password, external = false, anonymous = false } = credentials
  if (authcid !== undefined) requireText(authcid, 'authcid')
  optionalName(authzid)
  if (typeof external !== 'boolean') throw new TypeError('external must be true or false')
  if (typeof anonymous !== 'boolean' && typeof anonymous !== 'string')
    throw new TypeError('anonymous must be true or false, or text that is left as trace information')
  // What a function answers is looked at when it has answered.
  if (password !== undefined && typeof password !== 'function')
    passwordText(password, { connection: UNKNOWN_CONNECTION })
}

/** All that a client can do, in the order in which it prefers to. */
export const CLIENT_TABLE: readonly BuiltIn[] = [
  ...SCRAM_VARIANTS.map(
    (variant): BuiltIn => ({
      name: `SCRAM-${variant}`,
      strength: isPlus(variant) ? 'bound' : 'scram',
      missing: needsPassword,
      make: (credentials, scram) => scramClient(variant, withPassword(credentials), scram),
    }),
  ),
  {
    name: 'EXTERNAL',
    strength: 'bound',
    missing: ({ external }) => (external ? undefined : 'external: true'),
    make: (credentials) => externalClient(credentials),
  },
  {
    name: 'OAUTHBEARER',
    strength: 'plaintext',
    plaintext: true,
    byToken: true,
    missing: needsToken,
    make: ({ token, authzid, authcid }) => oauthBearerClient({ token: token!, authzid: authzid ?? authcid }),
  },
  {
    name: 'XOAUTH2',
    strength: 'plaintext',
    plaintext: true,
    byToken: true,
    missing: ({ token, authcid, authzid }) =>
      needsToken({ token }) ?? (authcid === undefined && authzid === undefined ? 'an authcid' : undefined),
    make: ({ token, authcid, authzid }) => xoauth2Client({ token: token!, authcid: (authzid ?? authcid)! }),
  },
  {
    name: 'CRAM-MD5',
    strength: 'challenge',
    obsolete: true,
    missing: noAuthzid,
    make: (credentials) => cramMd5Client(withPassword(credentials)),
  },
  {
    name: 'PLAIN',
    strength: 'plaintext',
    plaintext: true,
    missing: needsPassword,
    make: (credentials) => plainClient(withPassword(credentials)),
  },
  {
    name: 'LOGIN',
    strength: 'plaintext',
    plaintext: true,
    missing: noAuthzid,
    make: (credentials) => loginClient(withPassword(credentials)),
  },
  {
    name: 'ANONYMOUS',
    strength: 'anonymous',
    missing: ({ anonymous }) => (anonymous ? undefined : 'anonymous: true'),
    make: ({ anonymous }) => anonymousClient(typeof anonymous === 'string' ? { trace: anonymous } : {}),
  },
]

/** The names of all that a client can do, in the order in which it prefers to. */
export const CLIENT_MECHANISMS: readonly MechanismName[] = CLIENT_TABLE.map(({ name }) => name)
