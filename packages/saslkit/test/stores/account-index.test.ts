/** Accounts in memory by their prepared names. A store of lines may have several of one name; who takes one is not said here. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { accountIndex } from '../../src/stores/account-index.js'
import type { StoredAccount } from '../../src/stores/index.js'

const account = (name: string): StoredAccount => ({ name, credentials: ['x'] })

test('several accounts of one name are all found, and taken out one by one', () => {
  const index = accountIndex({ parse: { hint: 'cleartext' } })
  const [one, other] = [account('user'), account('User')]
  index.add('user', one)
  index.add('user', other)
  assert.deepEqual(index.get('user'), [one, other])
  assert.equal(index.census().kinds[0]!.accounts, 2)
  index.remove('user', account('user'))
  index.remove('nobody', one)
  assert.deepEqual(index.get('user'), [one, other], 'another object, and another name')
  index.remove('user', one)
  assert.deepEqual(index.get('user'), [other])
  assert.equal(index.size, 1)
  index.remove('user', other)
  assert.deepEqual(index.get('user'), [])
  assert.equal(index.size, 0)
})

test('an account has a name, by a rule that takes an empty one too', async () => {
  const index = accountIndex({ prepare: 'postgresql' })
  await assert.rejects(async () => index.prepared(''), /^RangeError: an account has a name/)
  assert.equal(await index.prepared('User'), 'User')
})
