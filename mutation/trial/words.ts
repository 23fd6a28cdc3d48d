/** What a trial's process is told, and what it says. */

/** Sent first: what the test file reaches without a mutant. */
export interface Ready {
  readonly kind: 'ready'
  /** Of processor time, for all its cases once. */
  readonly seconds: number
  /** Ids that are passed while the file's cases run. */
  readonly running: readonly string[]
  /** Ids that are passed while its modules are loaded. */
  readonly loading: readonly string[]
}

/** The file fails without a mutant. */
export interface Unfit {
  readonly kind: 'unfit'
  readonly title: string
}

export type Verdict = 'killed' | 'endless' | 'survived'

export interface Answer {
  readonly kind: 'answer'
  readonly id: string
  readonly verdict: Verdict
  /** Processor time, in seconds. */
  readonly seconds: number
  /** The process is spoilt: by a mutant before this one, or for want of memory. A verdict on this one counts only in a new one. */
  readonly spoilt: boolean
}

export type Word = Ready | Unfit | Answer

/** Told: try this mutant. */
export interface Order {
  readonly id: string
}
