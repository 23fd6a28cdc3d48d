export interface Scale {
  readonly ticks: readonly number[]
  /** Where a value stands, from 0 to 1. */
  at(value: number): number
}

const STEPS = [1, 2, 5, 10]

/** A linear scale from below the least to above the most, with ticks at round numbers. */
export function linear(least: number, most: number, wanted = 4): Scale {
  const width = most - least || Math.abs(most) || 1
  const rough = width / wanted
  const power = 10 ** Math.floor(Math.log10(rough))
  const step = power * STEPS.find((each) => each * power >= rough)!
  const from = Math.floor(least / step) * step
  const to = Math.ceil(most / step) * step
  const count = Math.round((to - from) / step)
  return {
    ticks: Array.from({ length: count + 1 }, (_, at) => Number((from + at * step).toPrecision(10))),
    at: (value) => (value - from) / (to - from),
  }
}
