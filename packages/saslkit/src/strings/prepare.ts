import { type Awaitable, andThen } from '../awaitable.js'
import type { HashName } from '../crypto/hash.js'
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
  /** The name, as it was typed. */
  readonly username: string
  /** The hash of the SCRAM mechanism. */
  readonly hash: HashName
}

const PRINTABLE_ASCII = /^[ -~]+$/

/**
 * Prepares a name. Printable ASCII is answered at once by `saslprep`, as is well-formed text by `none`; for anything else
 * what it takes is loaded once. `form` (default 'query', RFC 5802 section 5.1) is for SASLprep.
 *
 * @throws PreparationError, thrown or as a rejection. An empty name is refused, except by `postgresql`, whose clients send one; ours
 *   are made with a name, which the server does not look at.
 * @throws TypeError if text is no string; the same, or a rejection, if the rule is unknown.
 */
export const prepareName = (
  text: string,
  rule: NamePreparation,
  form?: PreparationForm,
): Awaitable<string> =>
  isPreparedAlready(text, rule) ? text : andThen(rules(), (m) => m.preparedName(text, rule, form))

/**
 * Prepares a password, as prepareName does a name. `form` is for SASLprep: 'stored' (default) where keys are made of the
 * password (RFC 5802 section 2.2), 'query' where it is compared with a stored one (RFC 4616 section 2). The context is for
 * `mongodb`.
 *
 * @throws PreparationError, thrown or as a rejection; an empty password is refused by every rule.
 * @throws TypeError if text is no string; the same, or a rejection, if the rule is unknown, or `mongodb` lacks its context.
 */
export const preparePassword = (
  text: string,
  rule: Preparation,
  form?: PreparationForm,
  context?: MongodbContext,
): Awaitable<string> =>
  isPreparedAlready(text, rule)
    ? text
    : andThen(rules(), (m) => m.preparedPassword(text, rule, form, context))

function isPreparedAlready(text: string, rule: NamePreparation): boolean {
  if (typeof text !== 'string') throw new TypeError('preparation: pass a string')
  return rule === 'saslprep'
    ? PRINTABLE_ASCII.test(text)
    : rule === 'none' && text !== '' && text.isWellFormed()
}

let loaded: typeof import('./rules.js') | undefined

/** Loaded when it is first needed, and at hand from then on. */
const rules = (): Awaitable<typeof import('./rules.js')> =>
  loaded ?? import('./rules.js').then((module) => (loaded = module))
