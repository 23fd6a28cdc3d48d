/** Where time could tell names apart, it is measured; no mechanism is left out in silence. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { CLIENT_MECHANISMS } from 'saslkit'
import { LEFT_OUT } from './left-out.ts'
import { rows } from './rows.ts'

test('every mechanism has a row, or a reason to have none', async () => {
  const measured = new Set<string>((await rows()).map(({ mechanism }) => mechanism))
  const leftOut = Object.keys(LEFT_OUT)
  assert.deepEqual(
    CLIENT_MECHANISMS.filter((name) => !measured.has(name) && !leftOut.includes(name)),
    [],
    'add a row to timing/rows.ts, or a reason to timing/left-out.ts',
  )
  assert.deepEqual(
    leftOut.filter((name) => measured.has(name) || !CLIENT_MECHANISMS.some((known) => known === name)),
    [],
    'stale in timing/left-out.ts: measured, or no mechanism',
  )
})
