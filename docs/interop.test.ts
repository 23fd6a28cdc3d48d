/** The page says what passed when it was recorded. Here, since recording runs all tests of interop/ before it writes. */
import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { test } from 'node:test'
import { PROFILE_NAMES } from '../commands/public-names.ts'
import { interopPage } from '../interop/interop-page.ts'
import { page, readRecorded } from '../interop/recorded.ts'

test('docs/interop.md is made of interop/results.json: npm run interop:record -- --report', async () => {
  assert.equal(await readFile(page, 'utf8'), interopPage(await readRecorded()))
})

test('over every profile others have logged in to us, and we to them', async () => {
  const shown = new Set(
    (await readRecorded()).map((result) => 'protocol' in result && `${result.role} ${result.protocol}`),
  )
  assert.deepEqual(
    PROFILE_NAMES.flatMap((name) =>
      ['client', 'server'].map((role) => `${role} ${name.toUpperCase()}`),
    ).filter((row) => !shown.has(row)),
    [],
    'add it to interop/mail-server.ts and interop/dovecot.test.ts, then npm run interop:record',
  )
})
