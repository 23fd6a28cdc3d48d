import { test } from 'node:test'
import { CLIENT_MECHANISMS } from '../../src/negotiation/client-table.js'
import { requireRows } from '../require-rows.js'
import { ROWS, registerAll } from './rows.js'

test('every mechanism has its row', () => {
  requireRows(CLIENT_MECHANISMS, {
    rows: ROWS.map(({ client }) => client.name),
    rowsAt: 'test/mechanisms/rows.ts',
  })
})

registerAll(test)
