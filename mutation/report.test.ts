import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { EXPLAINED } from './explained/explained.ts'
import { explains } from './explained/find-explanation.ts'
import { report } from './report.ts'
import { readResults } from './results.ts'
import { filesByRoom, percent, scoreOf } from './score.ts'

const results = readResults()
const all = scoreOf(results, [...results.files.keys()])

test('the page and the README say what the results say', () => {
  for (const [page, text] of report())
    assert.equal(readFileSync(page, 'utf8'), text, 'npm run mutation -- --report')
})

test('nine of ten mutants are killed', () => {
  assert.ok(percent(all) >= 90)
  for (const [room, files] of filesByRoom(results)) {
    const score = files.length ? percent(scoreOf(results, files)) : 100
    assert.ok(score >= 80, `${room}: ${score}`)
  }
})

test('each explanation explains a survivor', () => {
  for (const each of EXPLAINED)
    assert.ok(
      all.survivors.some((survivor) => explains(each, survivor.file, survivor)),
      `${each.file}: ${each.code}`,
    )
})
