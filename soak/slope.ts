/** By least squares: how much the values rise from one to the next. */
export function slope(values: readonly number[]): number {
  const middle = (values.length - 1) / 2
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length
  let together = 0
  let alone = 0
  for (const [at, value] of values.entries()) {
    together += (at - middle) * (value - mean)
    alone += (at - middle) ** 2
  }
  return together / alone
}
