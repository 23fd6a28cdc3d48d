/** The page says what passed when it was recorded. Here, since recording runs all tests of interop/ before it writes. */
import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { test } from 'node:test'
import { PROFILE_NAMES } from '../commands/public-names.ts'
import { interopPage } from '../interop/interop-page.ts'
import { page, readRecorded } from '../interop/recorded.ts'
import { requireRows } from '../packages/saslkit/test/require-rows.ts'

test('docs/interop.md is made of interop/results.json: npm run interop:record -- --report', async () => {
  assert.equal(await readFile(page, 'utf8'), interopPage(await readRecorded()))
})

test('over every profile others have logged in to us, and we to them', async () => {
  requireRows(
    PROFILE_NAMES.flatMap((name) => ['client', 'server'].map((role) => `${role} ${name.toUpperCase()}`)),
    {
      rows: (await readRecorded()).flatMap((result) =>
        'protocol' in result && result.protocol !== 'no protocol'
          ? [`${result.role} ${result.protocol}`]
          : [],
      ),
      rowsAt: 'interop/mail-server.ts and interop/dovecot.test.ts, and run npm run interop:record',
    },
  )
})
