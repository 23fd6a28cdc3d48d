import assert from 'node:assert/strict'
import { test } from 'node:test'
import { CLIENT_MECHANISMS } from '../../src/negotiation/client-table.js'
import { ROWS, registerAll } from './rows.js'

test('every mechanism has its row', () => {
  const names = ROWS.map(({ client }) => client.name).sort()
  assert.deepEqual(names, CLIENT_MECHANISMS.toSorted(), 'add a row to test/mechanisms/rows.ts')
})

registerAll(test)
