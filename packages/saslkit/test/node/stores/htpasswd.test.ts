/** Apache's htpasswd files. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { htpasswdStore } from '../../../src/node/index.js'
import { directory } from '../../../src/stores/index.js'
import { temporaryFile } from './temporary-file.js'

const decoySecret = new Uint8Array(32).fill(1)

test('htpasswd: hashes, comments and further fields', async () => {
  const store = await htpasswdStore(
    temporaryFile(
      [
        '# comment:x',
        '',
        '   ',
        'sha:{SHA}W6ph5Mm5Pz8GgiULbPgzG37mj9g=',
        'apr1:$apr1$salt$Xxd1irWT9ycqoYxGFn4cb.:A. Nybody:x\r',
        'clear:password',
        'locked:!',
        '',
      ].join('\n'),
    ),
  )
  const from = directory(store, { decoySecret })
  const context = { connection: { secure: true } }
  assert.equal(store.size, 4)
  for (const name of ['sha', 'apr1']) {
    assert.deepEqual(await from.verifyPassword(name, 'password', context), { authcid: name })
    assert.equal(await from.verifyPassword(name, 'Password', context), false)
  }
  for (const name of ['clear', 'locked'])
    await assert.rejects(async () => from.verifyPassword(name, 'password', context), { problem: 'unknown' })
  assert.deepEqual(from.scramHashes, [])
})
