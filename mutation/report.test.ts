import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { EXPLAINED } from './explained/explained.ts'
import { explains, findExplanation } from './explained/find-explanation.ts'
import { report } from './report.ts'
import { readResults } from './results.ts'
import { filesInRooms } from './rooms.ts'
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
    assert.ok(files.length, `${room} has not been tried`)
    const score = percent(scoreOf(results, files))
    assert.ok(score >= 80, `${room}: ${score}`)
  }
})

/** Each edit has its own tests; but a score of other code than there is says nothing. */
test('nine of ten files are as they were when they were tried', () => {
  const files = filesInRooms()
  const stale = files.filter((file) => !results.files.has(file) || all.edited.includes(file))
  assert.ok(stale.length <= files.length / 10, `npm run mutation: ${stale.join(', ')}`)
})

test('each survivor is explained', () => {
  assert.deepEqual(
    all.survivors.filter((survivor) => !findExplanation(survivor.file, survivor)),
    [],
    'kill it by a test, or say in mutation/explained why nobody could see the difference',
  )
})

test('each explanation explains a survivor', () => {
  for (const each of EXPLAINED)
    assert.ok(
      all.survivors.some((survivor) => explains(each, survivor.file, survivor)),
      `${each.file}: ${each.code}`,
    )
})
