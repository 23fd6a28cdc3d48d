/** The statistics give what textbooks give, and tell a difference from none. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { linear } from './scale.ts'
import { compare, quantile } from './statistics.ts'

const near = (value: number, wanted: number, within: number) =>
  assert.ok(Math.abs(value - wanted) < within, `${value}, not ${wanted}`)

test('quantiles lie between the values', () => {
  assert.equal(quantile([1, 2, 3, 4], 0.5), 2.5)
  assert.equal(quantile([1, 2, 3, 4], 0), 1)
  assert.equal(quantile([1, 2, 3, 4], 1), 4)
})

test("Mann and Whitney's U, with and without ties", () => {
  // By hand: U = 1 of 9, mean 4.5, spread sqrt(9 * 7 / 12).
  near(compare([1, 2, 4], [3, 5, 6]).longer, 1 / 9, 1e-12)
  near(compare([1, 2, 4], [3, 5, 6]).z, -3.5 / Math.sqrt(5.25), 1e-12)
  assert.equal(compare([1, 2, 2, 3], [1, 2, 2, 3]).longer, 0.5)
  assert.equal(compare([2, 2], [2, 2]).z, 0)
})

test("Welch's t", () => {
  // By hand: means 3 and 5, variances 2.5 and 10, so -2 / sqrt(2.5 / 5 + 10 / 5).
  near(compare([1, 2, 3, 4, 5], [1, 3, 5, 7, 9]).t, -2 / Math.sqrt(2.5), 1e-12)
})

test('a difference is told from none', () => {
  // The fractional parts of multiples of the golden ratio: even, and the same in every run.
  const values = (from: number) => Array.from({ length: 2000 }, (_, at) => ((from + at) * 0.6180339887) % 1)
  const none = compare(values(0), values(5000))
  assert.ok(Math.abs(none.z) < 1.96 && Math.abs(none.t) < 1.96)
  const some = compare(
    values(0).map((value) => value + 0.1),
    values(5000),
  )
  assert.ok(some.z > 5 && some.t > 5 && some.longer > 0.55 && some.difference > 0.1)
})

test('a scale has round ticks, and holds all', () => {
  const { ticks, at } = linear(13, 88)
  assert.deepEqual(ticks, [0, 20, 40, 60, 80, 100])
  assert.equal(at(50), 0.5)
  assert.ok(linear(5, 5).ticks.length > 1)
})
