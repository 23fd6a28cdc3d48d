import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { EXPLAINED } from './explained/explained.ts'
import { explains } from './explained/find-explanation.ts'
import { report } from './report.ts'
import { readResults } from './results.ts'
import { filesByRoom, percent, scoreOf, unexplained } from './score.ts'

const results = readResults()
const all = scoreOf(results, [...results.files.keys()])

test('the page and the README say what the results say', () => {
  for (const [page, text] of report())
    assert.equal(readFileSync(page, 'utf8'), text, 'npm run mutation -- --report')
})

test('nine of ten mutants are killed, and of each room, as far as they make a difference', () => {
  assert.ok(percent(all) >= 90)
  for (const [room, files] of filesByRoom(results)) {
    const score = scoreOf(results, files)
    const share = files.length ? unexplained(score).length / score.mutants : 0
    assert.ok(share < 0.1, `${room}: ${share}`)
  }
})

test('each explanation explains a survivor', () => {
  for (const each of EXPLAINED)
    assert.ok(
      all.survivors.some((survivor) => explains(each, survivor.file, survivor)),
      `${each.file}: ${each.code}`,
    )
})
