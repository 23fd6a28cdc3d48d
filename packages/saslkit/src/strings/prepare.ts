import { type Awaitable, andThen } from '../awaitable.js'
import type { HashName } from '../crypto/hash.js'
import { PreparationError } from './preparation-error.js'
import type { PreparationForm } from './saslprep.js'

/**
 * How names and passwords are made comparable. Both sides must agree, and what a server keeps is bound to the rule it
 * was made with.
 *
 * - `saslprep`: RFC 4013, the default of SASL.
 * - `precis`: RFC 8265; names lose case.
 * - `postgresql`: names as they are; passwords by SASLprep, or as they are where it fails.
 * - `mongodb`: names as they are; passwords by SASLprep, or for SCRAM-SHA-1 a digest of name and password.
 * - `none`: as they are.
 */
export type Preparation = 'saslprep' | 'precis' | 'postgresql' | 'mongodb' | 'none'

/** `precis-case-preserved`: RFC 8265, and names keep case. */
export type NamePreparation = Preparation | 'precis-case-preserved'

/** What `mongodb` goes by. */
export interface MongodbContext {
  readonly username: string
  /** The hash of the SCRAM mechanism. */
  readonly hash: HashName
}

const PRINTABLE_ASCII = /^[ -~]+$/
const GRAPHIC_ASCII = /^[!-~]+$/

/**
 * Prepares a name. Printable ASCII is answered at once; for anything else the tables are loaded once. `form` (default
 * 'query', RFC 5802 section 5.1) is for SASLprep.
 *
 * @throws PreparationError, thrown or as a rejection. An empty name is refused, except by `postgresql`, which sends one.
 * @throws TypeError if text is no string or the rule is unknown.
 */
export function prepareName(
  text: string,
  rule: NamePreparation,
  form: PreparationForm = 'query',
): Awaitable<string> {
  wellFormed(text)
  switch (rule) {
    case 'saslprep':
      return PRINTABLE_ASCII.test(text)
        ? text
        : andThen(saslprepModule(), (m) => notEmpty(m.saslprep(text, form)))
    case 'precis':
      return GRAPHIC_ASCII.test(text)
        ? text.toLowerCase()
        : andThen(precisModule(), (m) => m.usernameCaseMapped(text))
    case 'precis-case-preserved':
      return GRAPHIC_ASCII.test(text) ? text : andThen(precisModule(), (m) => m.usernameCasePreserved(text))
    case 'postgresql':
      return text
    case 'mongodb':
    case 'none':
      return notEmpty(text)
    default:
      return unknown(rule)
  }
}

/**
 * Prepares a password, as prepareName does a name. `form` is for SASLprep: 'stored' (default) where keys are made of the
 * password (RFC 5802 section 2.2), 'query' where it is compared with a stored one (RFC 4616 section 2). The context is for
 * `mongodb`.
 *
 * @throws PreparationError, thrown or as a rejection; an empty password is refused by every rule.
 * @throws TypeError if text is no string, the rule is unknown, or `mongodb` lacks its context.
 */
export function preparePassword(
  text: string,
  rule: Preparation,
  form: PreparationForm = 'stored',
  context?: MongodbContext,
): Awaitable<string> {
  notEmpty(wellFormed(text))
  switch (rule) {
    case 'saslprep':
      return PRINTABLE_ASCII.test(text)
        ? text
        : andThen(saslprepModule(), (m) => notEmpty(m.saslprep(text, form)))
    case 'precis':
      return PRINTABLE_ASCII.test(text) ? text : andThen(precisModule(), (m) => m.opaqueString(text))
    case 'postgresql':
      return PRINTABLE_ASCII.test(text)
        ? text
        : andThen(postgresqlModule(), (m) => m.postgresqlPassword(text))
    case 'mongodb': {
      if (!context) throw new TypeError('preparePassword: mongodb needs { username, hash }')
      if (context.hash !== 'SHA-1') return preparePassword(text, 'saslprep', form)
      const username = notEmpty(wellFormed(context.username))
      return andThen(mongodbModule(), (m) => m.mongodbDigest(username, text))
    }
    case 'none':
      return text
    default:
      return unknown(rule)
  }
}

/** A module that is loaded when it is first needed, and is at hand from then on. */
function lazily<T>(load: () => Promise<T>): () => Awaitable<T> {
  let module: T | undefined
  return () => module ?? load().then((loaded) => (module = loaded))
}

const saslprepModule = lazily(() => import('./saslprep.js'))
const precisModule = lazily(() => import('./precis.js'))
const postgresqlModule = lazily(() => import('./postgresql-password.js'))
const mongodbModule = lazily(() => import('./mongodb-digest.js'))

function wellFormed(text: string): string {
  if (typeof text !== 'string') throw new TypeError('preparation: pass a string')
  if (!text.isWellFormed()) throw new PreparationError('prohibited')
  return text
}

function notEmpty(text: string): string {
  if (text === '') throw new PreparationError('empty')
  return text
}

function unknown(rule: never): never {
  throw new TypeError(`unknown preparation: ${String(rule)}`)
}
