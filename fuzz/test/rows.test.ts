/** 100,000 runs over all rows, which a machine of no great speed makes in a minute: npm run fuzz:long makes a hundred times as many. */
import '../work.ts'
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { CLIENT_MECHANISMS } from 'saslkit'
import { ROWS } from '../rows.ts'
import { runRows } from '../run-rows.ts'

const RUNS = 100_000
/** Of these runs. Other seeds are for `npm run fuzz`, which takes a new one each time. */
const SEED = 4422

test('rows have names of their own', () => {
  assert.equal(new Set(ROWS.map(({ name }) => name)).size, ROWS.length)
})

test('every mechanism has its row', () => {
  const names = new Set(ROWS.map(({ name }) => name))
  assert.deepEqual(
    CLIENT_MECHANISMS.filter((name) => !names.has(name)),
    [],
    'add a row to fuzz/exchanges/rows.ts',
  )
})

test(`${RUNS} runs find nothing`, async () => {
  const failures: string[] = []
  const log = (line: string) => {
    if (line.startsWith('FAILED')) failures.push(line)
  }
  const results = await runRows(ROWS, { runs: RUNS, seed: SEED, log })
  assert.deepEqual(failures, [])
  for (const { row, outcomes } of results) assert.ok(outcomes.size, `${row} did nothing`)
})
