import type { Comparison } from './row.ts'

/** A way in which our halves and a peer's differ on purpose: what, why, and by which rule. */
export interface Explanation {
  readonly id: string
  /** Whose, by the ids of libraries; where none is named, all. The library is the client's, or that of its reference. */
  readonly peers?: readonly string[]
  readonly mechanisms?: RegExp
  /** Which half of ours. */
  readonly role?: 'client' | 'server'
  /** In words for docs/interop.md. */
  readonly text: string
  /** The rule, and where it stands. */
  readonly source: string
  /** Whether this is why. As narrow as it can be said. */
  readonly applies: (comparison: Comparison) => boolean
}
