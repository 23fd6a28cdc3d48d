/** Our halves in the place of other libraries', login by login: the same verdicts, or a difference that is explained. */
import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { recordDifferences } from './record-differences.ts'
import { ALL_ROWS, type RowResult, resultsOf } from './results-of-row.ts'
import { Programs } from './row.ts'
import { staleExplanations } from './run-rows.ts'

/** Enough that every explanation applies to some case of this seed; texts to prepare are ten times as many. */
const RUNS = Number(process.env.SASLKIT_DIFFERENTIAL_RUNS ?? 200)
const SEED = 2

const programs = new Programs()
const all: RowResult[] = []
after(() => programs.end())

const skipped = new Set(ALL_ROWS.map(({ skip }) => skip).filter((skip) => skip !== undefined))
for (const skip of skipped) {
  if (process.env.CI) throw new Error(skip)
  console.error(`\n*** SKIPPED: ${skip} ***\n`)
}

for (const row of ALL_ROWS)
  test(`${row.name}: the same verdicts, or a difference that is explained`, {
    skip: row.skip ?? false,
  }, async () => {
    const runs = 'mechanism' in row ? RUNS : 10 * RUNS
    const results = await resultsOf(row, { seed: SEED, runs }, programs)
    all.push(...results)
    for (const { compared, accepted, unexplained } of results) {
      assert.deepEqual(unexplained, [])
      // Both kinds of verdict, or the comparison shows little.
      assert.ok(accepted > compared / 20, `only ${accepted} of ${compared} let in by the peer's own halves`)
    }
  })

test('every explanation explains something', { skip: skipped.size > 0 }, () => {
  assert.deepEqual(staleExplanations(all), [])
  recordDifferences(all)
})
