import type { MechanismName } from 'saslkit'

/** Who tries to log in, and how. The first is what the others are held against; the second is the same, so as to see chance alone. */
export const KINDS = ['known', 'known again', 'unknown', 'disabled', 'right'] as const
export type Kind = (typeof KINDS)[number]

/** What each says that it is, to whoever reads a plot. */
export const LEGEND: Readonly<Record<Kind, string>> = {
  known: 'known name, wrong password or proof',
  'known again': 'the same again: what chance makes',
  unknown: 'name that nobody has',
  disabled: 'disabled account, wrong password or proof',
  right: 'right password or proof',
}

/** One thing that a server does, and whom it may be done for. */
export interface Row {
  readonly mechanism: MechanismName
  /** Rows of one group share a plot. */
  readonly group: string
  readonly name: string
  /** The parts that are timed apart; one, where an exchange has one message. */
  readonly parts: readonly string[]
  /** Tries once, for the nth time; microseconds of each part. Throws unless it ends as it must. */
  attempt(kind: Kind, at: number): Promise<readonly number[]>
}

export interface Measured {
  readonly group: string
  readonly name: string
  readonly samples: Readonly<Record<Kind, readonly number[]>>
}
