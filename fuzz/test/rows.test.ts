/** 100,000 runs over all rows, which a machine of no great speed makes in a minute: npm run fuzz:long makes a hundred times as many. */
import '../work.ts'
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { CLIENT_MECHANISMS } from 'saslkit'
import { FORMAT_NAMES, PROFILE_NAMES, STORE_NAMES } from '../../commands/public-names.ts'
import { requireRows } from '../../packages/saslkit/test/require-rows.ts'
import { MECHANISM_ROWS } from '../exchanges/rows.ts'
import { ROWS } from '../rows.ts'
import { runRows } from '../run-rows.ts'

const RUNS = 100_000
/** Of these runs. Other seeds are for `npm run fuzz`, which takes a new one each time. */
const SEED = 4422

test('rows have names of their own', () => {
  assert.equal(new Set(ROWS.map(({ name }) => name)).size, ROWS.length)
})

/** Of what the rows are whose names are of that shape. */
const rowsOf = (shape: RegExp): readonly string[] => ROWS.flatMap(({ name }) => shape.exec(name)?.[1] ?? [])

test('every mechanism has its row', () => {
  requireRows(CLIENT_MECHANISMS, {
    rows: MECHANISM_ROWS.flatMap(({ name }) => /^\S+$/.exec(name) ?? []),
    rowsAt: 'fuzz/exchanges/rows.ts',
  })
})

test('every profile has its rows', () => {
  requireRows(PROFILE_NAMES, { rows: rowsOf(/^exchanges in (\S+)$/), rowsAt: 'fuzz/exchanges/rows.ts' })
  requireRows(PROFILE_NAMES, { rows: rowsOf(/^(\S+): commands$/), rowsAt: 'fuzz/parsers/profiles.ts' })
})

test('every store has its row', () => {
  requireRows(STORE_NAMES, { rows: rowsOf(/^(\S+) store$/), rowsAt: 'fuzz/stores/rows.ts' })
})

test('every format of stored credentials has its row', () => {
  requireRows(FORMAT_NAMES, {
    rows: rowsOf(/^stored (?!costs$)(\S+)$/),
    rowsAt:
      'the known answers of packages/saslkit/test/vectors/stored-credentials.json, or the seeds of fuzz/parsers/stored-credentials.ts',
  })
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
