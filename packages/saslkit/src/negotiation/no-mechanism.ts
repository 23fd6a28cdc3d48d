import type { Considered } from '../considered.js'
import { type FailureReason, SaslError } from '../errors.js'

/** Nothing that the server offers can be used. The message says why each was passed over; so does `considered`, as data. */
export class NoMechanism extends SaslError {
  override readonly name = 'NoMechanism'
  readonly #considered: readonly Considered[]

  /** @param advice what would do, where that is known. */
  constructor(
    considered: readonly Considered[],
    reason: FailureReason = 'mechanism-unavailable',
    advice?: string,
  ) {
    const lines = [...byReason(considered)].map(([why, names]) => `\n  ${names.join(', ')}: ${why}`).join('')
    const all = lines ? `no mechanism can be used:${lines}` : 'the server offers no mechanism'
    super(reason, advice ? `${all}\n${advice}` : all)
    this.#considered = considered
  }

  /** No field of its own, so that an inspected error does not say everything twice. */
  get considered(): readonly Considered[] {
    return this.#considered
  }
}

function byReason(considered: readonly Considered[]): Map<string, string[]> {
  const groups = new Map<string, string[]>()
  for (const { name, why } of considered) groups.set(why, [...(groups.get(why) ?? []), name])
  return groups
}
