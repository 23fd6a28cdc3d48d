import { type Awaitable, andThen } from '../awaitable.js'
import type { SaslError } from '../errors.js'
import { text } from '../octets.js'
import type { Context } from '../step.js'

/**
 * A value, or a function that gets it when it is needed: a prompt, a vault, a token endpoint. It is given how the
 * attempt before ended, if there was one, and the signal that ends this one.
 */
export type Obtainable<T> = T | ((previous?: SaslError, signal?: AbortSignal) => Awaitable<T>)

/** Text, or its UTF-8 octets, taken as already prepared: a buffer can be wiped by its owner, a string cannot. */
export type Password = string | Uint8Array

/**
 * A name and a password, for PLAIN, LOGIN, CRAM-MD5 and SCRAM. Names are non-empty, well-formed text without NUL; so is the
 * password, or its UTF-8 octets, which stay the caller's and are not changed.
 */
export interface PasswordCredentials {
  /** Whose password it is. */
  readonly authcid: string
  /** Octets are taken as prepared already. */
  readonly password: Obtainable<Password>
  /** Whom to act as, where that is somebody else. */
  readonly authzid?: string | undefined
}

export const obtain = <T>(value: Obtainable<T>, { previous, signal }: Context): Awaitable<T> =>
  typeof value === 'function'
    ? (value as (previous?: SaslError, signal?: AbortSignal) => Awaitable<T>)(previous, signal)
    : value

/**
 * Checks text that the caller passed.
 *
 * @throws TypeError when it is no well-formed text, is empty, or holds NUL, which delimits (RFC 4616 section 2).
 */
export function requireText(
  text: string | undefined,
  what: 'authcid' | 'authzid' | 'trace' | 'password (or its UTF-8 octets)',
): string {
  if (typeof text !== 'string' || !text || text.includes('\0') || !text.isWellFormed())
    throw new TypeError(`${what} must be non-empty, well-formed text without NUL`)
  return text
}

/** An empty authzid is none: "act as myself" (RFC 4422 section 3.4.1). */
export const optionalName = (name: string | undefined): string | undefined =>
  name === undefined || name === '' ? undefined : requireText(name, 'authzid')

/** The password as text. @throws TypeError when it is no text, or empty, or holds NUL. */
export const passwordText = (password: Obtainable<Password>, context: Context): Awaitable<string> =>
  andThen(obtain(password, context), (value) =>
    requireText(value instanceof Uint8Array ? decoded(value) : value, 'password (or its UTF-8 octets)'),
  )

function decoded(octets: Uint8Array): string | undefined {
  try {
    return text(octets)
  } catch {
    return undefined
  }
}
