/** Where time could tell names apart, it is measured; no mechanism is left out in silence. */
import { test } from 'node:test'
import { CLIENT_MECHANISMS } from 'saslkit'
import { requireRows } from '../packages/saslkit/test/require-rows.ts'
import { LEFT_OUT } from './left-out.ts'
import { rows } from './rows.ts'

test('every mechanism has a row, or a reason to have none', async () => {
  requireRows(CLIENT_MECHANISMS, {
    rows: (await rows()).map(({ mechanism }) => mechanism),
    rowsAt: 'timing/rows.ts',
    leftOut: LEFT_OUT,
    leftOutAt: 'timing/left-out.ts',
  })
})
