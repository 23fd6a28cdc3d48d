/** Two samples against each other. */
export interface Comparison {
  /** Medians: the other's over the reference's, less one. */
  readonly difference: number
  /** Welch's t, of the values between the 1st and the 99th of all hundredths: one pause of the collector is not to be all of it. */
  readonly t: number
  /** How likely one of the other is to take longer than one of the reference: a half, where nothing tells them apart. */
  readonly longer: number
  /** Half the width of its interval of 95 %. */
  readonly within: number
  /** Mann and Whitney's U as standard deviations from what it is on average; 1.96 is passed once in 20 by chance. */
  readonly z: number
}

/** Of sorted values. */
export function quantile(sorted: readonly number[], part: number): number {
  const at = (sorted.length - 1) * part
  const low = sorted[Math.floor(at)]!
  return low + (sorted[Math.ceil(at)]! - low) * (at - Math.floor(at))
}

export const sorted = (values: readonly number[]): number[] => values.toSorted((a, b) => a - b)

export function compare(other: readonly number[], reference: readonly number[]): Comparison {
  const [x, y] = [sorted(other), sorted(reference)]
  const { longer, z } = mannWhitney(x, y)
  const [n, m] = [x.length, y.length]
  return {
    difference: quantile(x, 0.5) / quantile(y, 0.5) - 1,
    t: welch(trimmed(x), trimmed(y)),
    longer,
    within: 1.96 * Math.sqrt((n + m + 1) / (12 * n * m)),
    z,
  }
}

const trimmed = (values: readonly number[]): readonly number[] => {
  const cut = Math.floor(values.length / 100)
  return values.slice(cut, values.length - cut)
}

function welch(x: readonly number[], y: readonly number[]): number {
  const [one, other] = [moments(x), moments(y)]
  return (one.mean - other.mean) / Math.sqrt(one.variance / x.length + other.variance / y.length)
}

function moments(values: readonly number[]): { mean: number; variance: number } {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0)
  return { mean, variance: squares / (values.length - 1) }
}

/** Of sorted values; those that are equal count for a half, and narrow the spread. */
function mannWhitney(x: readonly number[], y: readonly number[]): { longer: number; z: number } {
  const all = sorted([...x, ...y])
  const [n, m] = [x.length, y.length]
  let ranks = 0
  let ties = 0
  let at = 0
  for (let from = 0; from < all.length; ) {
    let to = from
    while (to < all.length && all[to] === all[from]) to++
    let ours = 0
    while (at < n && x[at] === all[from]) {
      at++
      ours++
    }
    ranks += (ours * (from + 1 + to)) / 2
    ties += (to - from) ** 3 - (to - from)
    from = to
  }
  const u = ranks - (n * (n + 1)) / 2
  const total = n + m
  const spread = Math.sqrt(((n * m) / 12) * (total + 1 - ties / (total * (total - 1))))
  return { longer: u / (n * m), z: spread === 0 ? 0 : (u - (n * m) / 2) / spread }
}
