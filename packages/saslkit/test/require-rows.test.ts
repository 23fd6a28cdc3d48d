import assert from 'node:assert/strict'
import { test } from 'node:test'
import { requireRows } from './require-rows.js'

const NAMES = ['a', 'b', 'c']
const at = { rowsAt: 'rows.ts', leftOutAt: 'left-out.ts' }

const refused = (given: Parameters<typeof requireRows>, words: string) =>
  assert.throws(
    () => requireRows(...given),
    (error: Error) => error.message.includes(words),
  )

test('each name has a row, or a reason to have none', () => {
  requireRows(NAMES, { ...at, rows: ['c', 'a', 'a'], leftOut: { b: 'as a' } })
  requireRows(NAMES, { rows: new Set(NAMES), rowsAt: 'rows.ts' })
})

test('a name with neither', () => {
  refused([NAMES, { ...at, rows: ['a', 'b'] }], 'add c to rows.ts')
  refused(
    [NAMES, { ...at, rows: ['a'], leftOut: { b: 'as a' } }],
    'add c to rows.ts, or to left-out.ts why it needs no row',
  )
})

test('a name with both', () => {
  refused([NAMES, { ...at, rows: NAMES, leftOut: { b: 'as a' } }], 'take b from left-out.ts: rows.ts has it')
})

test('a row and a reason for what is no name', () => {
  refused([NAMES, { ...at, rows: [...NAMES, 'd'] }], 'take d from rows.ts: nothing is called so')
  refused(
    [NAMES, { ...at, rows: NAMES, leftOut: { d: 'as a' } }],
    'take d from left-out.ts: nothing is called so',
  )
})

test('no names, as when they are looked for in the wrong place', () => {
  refused([[], { rows: [], rowsAt: 'rows.ts' }], 'no names to hold rows.ts against')
})
