import type { Credential, CredentialFormat, CredentialPreparation } from '../credential.js'
import type { CredentialLimits } from '../limits.js'
import { StoredCredentialError } from '../stored-credential-error.js'

/** What a parser is told beside the text. */
export interface Reading {
  readonly limits: CredentialLimits
  /** Whose text it is, where the caller knows. */
  readonly hint: CredentialFormat | undefined
}

/** One row of the table of schemes. */
export interface Scheme {
  /** Told in errors. */
  readonly name: string
  /** Whose texts these are: with a hint, only the rows that name it are tried. */
  readonly formats: readonly CredentialFormat[]
  /** Anchored at the start, and just enough to know it by: what follows is the parser's to judge. */
  readonly shape: RegExp
  /** Too little to be known by without a hint. */
  readonly hintOnly?: boolean
  /** @throws StoredCredentialError */
  parse(text: string, reading: Reading): Credential
}

/** For a row's parser: its errors, which name the scheme and nothing else. */
export interface Refusals {
  malformed(what: string): StoredCredentialError
  limit(what: string): StoredCredentialError
  unsupported(what: string): StoredCredentialError
}

export const refusals = (scheme: string): Refusals => ({
  malformed: (what) => new StoredCredentialError('malformed', scheme, what),
  limit: (what) => new StoredCredentialError('limit', scheme, what),
  unsupported: (what) => new StoredCredentialError('unsupported', scheme, what),
})

/** Dovecot does not prepare passwords; of the others nobody knows. */
export const preparationOf = (format: CredentialFormat): CredentialPreparation =>
  format === 'dovecot' ? 'none' : 'unknown'
