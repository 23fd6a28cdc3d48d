/** Of an account with several passwords, one is bettered, and what is of the others stays as it was written. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { clear, held, pbkdf2, rehashing, scram } from './rehashing.js'

test('a password with keys and a hash is bettered in both, though it is not alone', async () => {
  const { after } = await rehashing([[await scram('main'), await pbkdf2('main')], clear('app')])
  assert.deepEqual(await after('main'), [
    'SCRAM-SHA-256/5000 SCRAM-SHA-1/5000 pbkdf2-sha256/2000',
    'cleartext',
  ])
})

test('other passwords’ credentials are kept as they are nested', async () => {
  const [app, cheap] = [await pbkdf2('app'), await pbkdf2('app', 1500)]
  const odd = [['{NOBODY}x', cheap], ['{NOBODY}y'], clear('odd')] as const
  const { store, after } = await rehashing([app, ...odd])
  await after('app')
  const [first, ...others] = held(store).credentials
  assert.equal([first].flat().length, 1)
  assert.deepEqual(others, [['{NOBODY}x', cheap], '{NOBODY}y', odd[2]], 'one alone needs no list')
})

test('keys that are as wanted take the place of older ones for the same hash', async () => {
  const { after } = await rehashing([[await scram('x', 6000), await scram('x')]])
  assert.deepEqual(await after('x'), ['SCRAM-SHA-1/5000 pbkdf2-sha256/2000 SCRAM-SHA-256/6000'])
})
