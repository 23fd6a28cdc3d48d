import assert from 'node:assert/strict'
import { test } from 'node:test'
import { CLIENT_MECHANISMS } from '../../src/negotiation/client-table.js'
import { ROWS, registerAll } from './rows.js'

test('every mechanism has its row', () => {
  assert.deepEqual(ROWS.map(({ client }) => client.name).sort(), CLIENT_MECHANISMS.toSorted())
})

registerAll(test)
