import { KINDS, type Kind, type Measured } from './row.ts'
import { type Comparison, compare, quantile, sorted } from './statistics.ts'

/** The kinds that are held against the first. */
export const COMPARED: readonly Exclude<Kind, 'known'>[] = KINDS.filter((kind) => kind !== 'known')

/** What slower tries took is the machine's doing, and is not kept. */
export const KEPT = 0.95
/** The parts of all tries whose times are kept. */
export const PARTS: readonly number[] = Array.from(
  { length: 48 },
  (_, at) => 0.01 + (at * (KEPT - 0.01)) / 47,
)

/** What is kept of the times of a row, or of one part of it. */
export interface Figures {
  readonly group: string
  readonly name: string
  /** Of each kind. */
  readonly tries: number
  /** Of known names, in microseconds. */
  readonly median: number
  readonly compared: Readonly<Record<Exclude<Kind, 'known'>, Comparison>>
  /** Microseconds that each of PARTS took at most. */
  readonly quantiles: Readonly<Record<Kind, readonly number[]>>
}

export function figuresOf({ group, name, samples }: Measured): Figures {
  return {
    group,
    name,
    tries: samples.known.length,
    median: quantile(sorted(samples.known), 0.5),
    compared: recordOf(COMPARED, (kind) => compare(samples[kind], samples.known)),
    quantiles: recordOf(KINDS, (kind) => {
      const values = sorted(samples[kind])
      return PARTS.map((part) => quantile(values, part))
    }),
  }
}

const recordOf = <Name extends string, Value>(
  names: readonly Name[],
  make: (name: Name) => Value,
): Record<Name, Value> => Object.fromEntries(names.map((name) => [name, make(name)])) as Record<Name, Value>
