import { requireKnown } from '../require-known.js'
import { requirePreparation } from '../strings/require-preparation.js'
import type { CredentialFormat, CredentialPreparation } from './credential.js'
import { type CredentialLimits, limitsOf } from './limits.js'
import { SCHEMES } from './schemes/table.js'
import { StoredCredential } from './stored-credential.js'
import { StoredCredentialError } from './stored-credential-error.js'

/** How the text of a stored credential is read. */
export interface ParseOptions {
  /**
   * Whose text it is: then only that system's schemes are tried, and taken as that system means them. Needed for what
   * no shape tells: cleartext, a bare HMAC state (`cram-md5`) or HA1 (`digest-md5`), and what a system does to passwords.
   */
  readonly hint?: CredentialFormat | undefined
  /** How the password had been prepared, where the caller knows better than the format. */
  readonly preparation?: CredentialPreparation | undefined
  /** What a credential may ask of us; default, and for each that is undefined, `CREDENTIAL_LIMITS`. */
  readonly limits?: Readonly<Partial<Record<keyof CredentialLimits, number | undefined>>> | undefined
}

const OPTIONS = Object.keys({
  hint: true,
  preparation: true,
  limits: true,
} satisfies Record<keyof ParseOptions, true>)

const UNKNOWN = 'no known scheme; where the form of a text does not tell whose it is, pass { hint }'
const FORMATS: ReadonlySet<CredentialFormat> = new Set(SCHEMES.flatMap(({ formats }) => formats))

/** @throws TypeError for options that there are not; RangeError for a limit that is no number, and for an unknown hint. */
export function requireParseOptions(options: ParseOptions, what: string): void {
  requireKnown(options, OPTIONS, what)
  limitsOf(options.limits)
  requireHint(options.hint)
}

function requireHint(hint: CredentialFormat | undefined): void {
  if (hint !== undefined && !FORMATS.has(hint))
    throw new RangeError(`unknown hint ${JSON.stringify(hint)}; known are ${[...FORMATS].sort().join(', ')}`)
}

/**
 * Reads what a server keeps for an account, in any of the formats of docs/stored-credentials.md. It does none of the
 * work that the credential asks for, and refuses what asks for too much.
 *
 * @throws StoredCredentialError for what is unknown, malformed or beyond the limits. There is no text, the empty one
 *   included, that means "no password needed". RangeError for a limit that is no number, and for an
 *   unknown hint; TypeError for options and limits that there are not.
 */
export function parseStoredCredential(text: string, options: ParseOptions = {}): StoredCredential {
  requireKnown(options, OPTIONS, 'parseStoredCredential')
  const { hint, preparation } = options
  requireHint(hint)
  const limits = limitsOf(options.limits)
  if (typeof text !== 'string') throw new TypeError('pass the text of a stored credential')
  if (preparation !== 'unknown') requirePreparation(preparation, 'preparation')
  if (text.length > limits.textLength)
    throw new StoredCredentialError('limit', undefined, `more than ${limits.textLength} characters`)
  // It has no UTF-8 form, so that no parser could take its octets, and no file or database held them.
  if (!text.isWellFormed()) throw new StoredCredentialError('malformed', undefined, 'ill-formed text')
  const scheme = SCHEMES.find(
    ({ formats, shape, hintOnly }) => (hint ? formats.includes(hint) : !hintOnly) && shape.test(text),
  )
  if (!scheme) throw new StoredCredentialError('unknown', undefined, hint ? `no scheme of ${hint}` : UNKNOWN)
  const credential = scheme.parse(text, { limits, hint })
  return new StoredCredential(text, preparation ? { ...credential, preparation } : credential)
}
