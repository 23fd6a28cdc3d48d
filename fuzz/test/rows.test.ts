/** 100,000 runs over all rows, which a machine of no great speed makes in a minute: npm run fuzz:long makes a hundred times as many. */
import '../work.ts'
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { CLIENT_MECHANISMS } from 'saslkit'
import { FORMAT_NAMES, PROFILE_NAMES, STORE_NAMES } from '../../commands/public-names.ts'
import { ROWS } from '../rows.ts'
import { runRows } from '../run-rows.ts'

const RUNS = 100_000
/** Of these runs. Other seeds are for `npm run fuzz`, which takes a new one each time. */
const SEED = 4422

test('rows have names of their own', () => {
  assert.equal(new Set(ROWS.map(({ name }) => name)).size, ROWS.length)
})

const names: readonly string[] = ROWS.map(({ name }) => name)

test('every mechanism has its row', () => {
  assert.deepEqual(
    CLIENT_MECHANISMS.filter((name) => !names.includes(name)),
    [],
    'add a row to fuzz/exchanges/rows.ts',
  )
})

test('every profile has its rows', () => {
  assert.ok(PROFILE_NAMES.length >= 3)
  for (const profile of PROFILE_NAMES) {
    assert.ok(names.includes(`exchanges in ${profile}`), `add ${profile} to fuzz/exchanges/rows.ts`)
    assert.ok(names.includes(`${profile}: commands`), `add ${profile} to fuzz/parsers/profiles.ts`)
  }
})

test('every store has its row', () => {
  assert.ok(STORE_NAMES.length >= 3)
  assert.deepEqual(
    STORE_NAMES.filter((kind) => !names.includes(`${kind} store`)),
    [],
    'add a row to fuzz/stores/rows.ts',
  )
})

test('every format of stored credentials has its row', () => {
  assert.deepEqual(
    FORMAT_NAMES.filter((format) => !names.includes(`stored ${format}`)),
    [],
    'add known answers to packages/saslkit/test/vectors/stored-credentials.json, or seeds to fuzz/parsers/stored-credentials.ts',
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
