/** The page says what a run has found, and no more. */
import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { test } from 'node:test'
import { problemsOf } from './problems.ts'
import { report } from './report.ts'
import { page, readResults } from './results.ts'

test('docs/soak.md is made of soak/results.json: npm run soak -- --report', async () => {
  assert.equal(await readFile(page, 'utf8'), report(await readResults()))
})

test('what was found when the whole soak ran is as it must be: npm run soak -- --write', async () => {
  assert.deepEqual(problemsOf(await readResults()), [])
})
