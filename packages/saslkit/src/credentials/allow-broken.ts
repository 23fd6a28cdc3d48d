/**
 * Set to true, lets makeStoredCredential write what anybody who steals it can undo: cleartext, bare and salted digests,
 * CRAM-MD5 and DIGEST-MD5 secrets. For systems that read nothing better.
 *
 * @deprecated To make it stand out in review.
 */
export const allowBroken: unique symbol = Symbol('saslkit.allowBroken')

/** Options of what can make credentials that are as good as the password to whoever steals them. */
export interface AllowBroken {
  /** Default false. */
  readonly [allowBroken]?: boolean | undefined
}
