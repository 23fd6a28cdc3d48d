/** Alone in its file: what the others load would hide it. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isPromise } from '../../src/awaitable.js'
import { prepareName } from '../../src/strings/prepare.js'

test('printable ASCII is prepared at once, and what is so only in part is not', async () => {
  assert.equal(prepareName('Tim ~', 'saslprep'), 'Tim ~')
  for (const name of ['\u00adtim', 'tim\u00ad', 'ti\u00adm']) {
    const prepared = prepareName(name, 'saslprep')
    assert.equal(await prepared, 'tim')
  }
  assert.equal(isPromise(prepareName('\u00adtim', 'saslprep')), false, 'loaded by now')
})
