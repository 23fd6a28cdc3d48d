/** The page says that each of its rows is a test: each is, by its name, and each test is a row. */
import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { test } from 'node:test'
import { root } from './documents.ts'

const TESTS = 'packages/saslkit/test/from-pysasl.test.ts'

const read = (path: string): Promise<string> => readFile(new URL(path, root), 'utf8')

test(`each row of docs/from-pysasl.md is the name of a test of ${TESTS}, and the other way round`, async () => {
  const [, table = ''] = (await read('docs/from-pysasl.md')).split('|---|---|\n')
  const rows = [...table.matchAll(/^\| (.*?) \|/gm)].map(([, name = '']) => name.replaceAll('`', ''))
  const tests = [...(await read(TESTS)).matchAll(/^test\(\s*(['"])(.*?)\1,/gms)].map(([, , name]) => name)
  assert.ok(rows.length > 0)
  assert.deepEqual(tests, rows)
})
