import assert from 'node:assert/strict'
import { test } from 'node:test'
import { preparedName } from '../../src/stores/prepared-name.js'

test('a name that no account can have is none, and only that is', async () => {
  assert.equal(await preparedName('us\u00ader', 'saslprep'), 'user')
  assert.equal(await preparedName('User', 'precis'), 'user')
  for (const name of ['', '\u0007', 'us\ud800er'])
    assert.equal(await preparedName(name, 'saslprep'), undefined)
  for (const name of ['user', 'us\u00ader'])
    await assert.rejects(async () => preparedName(name, 'no such rule' as never), TypeError)
})
