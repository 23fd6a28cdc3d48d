import { SaslError } from '../../errors.js'

/** A channel binding that this connection, or this runtime, does not have; the reason is for an operator to read. */
export const unavailable = (reason: string): SaslError => new SaslError('mechanism-unavailable', reason)
