/** What is the matter with a stored credential. */
export type StoredCredentialProblem =
  /** No scheme has this shape. */
  | 'unknown'
  /** The scheme is known, and this is not how it is written. */
  | 'malformed'
  /** It asks for more work or memory than the limits allow. */
  | 'limit'
  /** A variant of the scheme that is not served. */
  | 'unsupported'
  /** The hash function is not at hand: the message names the package to install. */
  | 'unavailable'

/**
 * A stored credential that cannot be used. It is the store's fault, never the client's: thrown by a directory, it ends an
 * exchange as `temporary`, and lets nobody in. The message names the scheme and what is wrong, and nothing of the
 * content.
 */
export class StoredCredentialError extends Error {
  override readonly name: string = 'StoredCredentialError'
  readonly problem: StoredCredentialProblem
  /** Where it was recognised. */
  readonly scheme: string | undefined

  constructor(
    problem: StoredCredentialProblem,
    scheme: string | undefined,
    message: string,
    options?: ErrorOptions,
  ) {
    super(scheme ? `${scheme}: ${message}` : message, options)
    this.problem = problem
    this.scheme = scheme
  }
}
