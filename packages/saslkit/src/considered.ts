/** What became of one mechanism when one was to be chosen. */
export interface Considered {
  /** The mechanism's. */
  readonly name: string
  /** `less-preferred`: it could have been used. */
  readonly verdict: 'selected' | 'less-preferred' | 'passed-over'
  /** In words, for a person: why it was selected or passed over. */
  readonly why: string
}
