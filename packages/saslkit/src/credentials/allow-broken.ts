/**
 * Set to true, lets makeStoredCredential write what anybody who steals it can undo: cleartext, bare and salted digests,
 * CRAM-MD5 and DIGEST-MD5 secrets. For systems that read nothing better.
 *
 * @deprecated To make it stand out in review.
 */
export const allowBroken: unique symbol = Symbol('saslkit.allowBroken')

export interface AllowBroken {
  readonly [allowBroken]?: boolean | undefined
}
