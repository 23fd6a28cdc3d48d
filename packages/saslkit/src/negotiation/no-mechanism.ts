import type { Considered } from '../considered.js'
import { type FailureReason, SaslError } from '../errors.js'

/** Nothing that the server offers can be used. The message says why each was passed over; so does `considered`, as data. */
export class NoMechanism extends SaslError {
  override readonly name = 'NoMechanism'
  readonly considered: readonly Considered[]

  constructor(considered: readonly Considered[], reason: FailureReason = 'mechanism-unavailable') {
    const lines = considered.map(({ name, why }) => `\n  ${name}: ${why}`).join('')
    super(reason, considered.length ? `no mechanism can be used:${lines}` : 'the server offers no mechanism')
    this.considered = considered
  }
}
