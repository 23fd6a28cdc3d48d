import { SaslError } from '../../errors.js'

/**
 * What says that somebody stands in between (RFC 5802 section 6), and no word on our password: it did offer -PLUS, and that
 * was taken off the list before we saw it; or its channel is not the one that we see.
 */
const IN_BETWEEN = /^(server-does-support-channel-binding|channel-bindings-dont-match)$/

/** What the server says went wrong (RFC 5802 section 7, "e="). */
export const serverError = (error: string): SaslError =>
  new SaslError(
    IN_BETWEEN.test(error) ? 'server-not-authenticated' : 'invalid-credentials',
    `the server says ${JSON.stringify(error.slice(0, 64))}`,
  )
