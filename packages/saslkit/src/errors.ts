/**
 * Why an exchange ended without success. Stable API, for the program and its log; what the peer is told is
 * one of the fixed texts of a profile.
 */
export type FailureReason =
  | 'malformed'
  | 'mechanism-unavailable'
  | 'encryption-required'
  | 'invalid-credentials'
  | 'not-authorized'
  | 'account-disabled'
  | 'credentials-expired'
  | 'temporary'
  | 'aborted'
  | 'limit-exceeded'
  /** Client: the server did not prove that it knows us, or what it sent was tampered with. */
  | 'server-not-authenticated'
  /** Client: the server asks for what we refuse, such as a million-fold iteration count. */
  | 'unacceptable'

/**
 * The peer broke the protocol, refused us, or asked for what we refuse. `reason` is for programs, `message` for
 * people and logs; neither holds a secret. Faults of the caller are TypeError and RangeError instead.
 */
export class SaslError extends Error {
  override readonly name: string = 'SaslError'
  readonly reason: FailureReason

  constructor(reason: FailureReason, message: string, options?: ErrorOptions) {
    super(message, options)
    this.reason = reason
  }
}

/** The error for what a peer sent and nobody can parse. */
export const malformed = (message: string): SaslError => new SaslError('malformed', message)
