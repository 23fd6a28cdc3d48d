/** The page says what passed when it was recorded. Here, since recording runs all tests of interop/ before it writes. */
import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { test } from 'node:test'
import { interopPage } from '../interop/interop-page.ts'
import { page, readRecorded } from '../interop/recorded.ts'

test('docs/interop.md is made of interop/results.json: npm run interop:record -- --report', async () => {
  assert.equal(await readFile(page, 'utf8'), interopPage(await readRecorded()))
})
