import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { ENTRANCES } from './entrances.js'
import { requireRows } from './require-rows.js'

const root = new URL('../../', import.meta.url)
const { exports } = JSON.parse(readFileSync(new URL('package.json', root), 'utf8')) as {
  readonly exports: Readonly<Record<string, string | { readonly default: string }>>
}

/** Of modules, by the names that package.json gives them. */
const sources = new Map(
  Object.entries(exports).flatMap(([name, target]) =>
    typeof target === 'string' ? [] : [[name, target.default] as const],
  ),
)

test('every entrance is loaded by the tests, or there is a reason', () => {
  requireRows([...sources.keys()], {
    rows: Object.keys(ENTRANCES),
    rowsAt: 'test/entrances.ts',
    leftOut: { './node': 'there are no sockets where these tests run beside Node' },
    leftOutAt: 'test/entrances.test.ts',
  })
})

test('what is loaded is what package.json says', async () => {
  for (const [name, load] of Object.entries(ENTRANCES))
    assert.equal(await load(), await import(new URL(sources.get(name)!, root).href), name)
})
