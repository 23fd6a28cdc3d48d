/** What becomes of octets that came in or went out changes nobody's password. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { hashFunction } from '#crypto'
import { makeScramCredentials } from '../../src/credentials/make-scram-credentials.js'
import { makeStoredCredential } from '../../src/credentials/make-stored-credential.js'
import { memoryDirectory } from '../../src/credentials/memory-directory.js'
import { parseStoredCredential } from '../../src/credentials/parse.js'
import { verifyPassword } from '../../src/credentials/verify-password.js'
import { hmacMd5State } from '../../src/crypto/hmac-md5-state.js'
import { utf8 } from '../../src/octets.js'

const context = { connection: { secure: true } }
const password = 'pencil'

test('a directory in memory keeps octets of its own', async () => {
  const keys = await makeScramCredentials('SHA-256', password, { iterations: 4096 })
  const salt = utf8('sixteen octets..')
  const key = await (await hashFunction('SHA-256')).pbkdf2(utf8(password), salt, 1)
  const state = hmacMd5State(utf8(password))
  const directory = await memoryDirectory([
    { authcid: 'scram', scram: { 'SHA-256': keys } },
    { authcid: 'pbkdf2', pbkdf2: { hash: 'SHA-256', salt, iterations: 1, key } },
    { authcid: 'hmac', hmacMd5State: state },
  ])
  const held = async () => [
    await directory.scramCredentials('scram', 'SHA-256', context),
    await directory.secret('hmac', context),
    await directory.verifyPassword('scram', password, context),
    await directory.verifyPassword('pbkdf2', password, context),
  ]
  const before = structuredClone(await held())
  for (const octets of [keys.salt, keys.storedKey, keys.serverKey, salt, key, state]) octets.fill(0)
  assert.deepEqual(await held(), before)
  assert.deepEqual(before.slice(2), [{ authcid: 'scram' }, { authcid: 'pbkdf2' }])
})

test('keys are made with a salt of their own', async () => {
  const salt = utf8('sixteen octets..')
  const keys = await makeScramCredentials('SHA-256', password, { salt, iterations: 4096 })
  salt.fill(0)
  assert.deepEqual(keys.salt, utf8('sixteen octets..'))
})

test('a stored credential hands out copies', async () => {
  const scram = await makeStoredCredential(password, { scheme: 'SCRAM-SHA-256', iterations: 4096 })
  const { salt, storedKey, serverKey } = (await scram.scramCredentials('SHA-256'))!
  for (const octets of [salt, storedKey, serverKey]) {
    assert.notDeepEqual(octets, new Uint8Array(octets.length))
    octets.fill(0)
    assert.notDeepEqual(await scram.scramCredentials('SHA-256'), {
      salt,
      storedKey,
      serverKey,
      iterations: 4096,
    })
  }
  const again = (await scram.scramCredentials('SHA-256'))!
  for (const octets of [again.salt, again.storedKey, again.serverKey])
    assert.notDeepEqual(octets, new Uint8Array(octets.length))
  assert.equal(await verifyPassword(scram, password), true)

  const hmac = parseStoredCredential('ab'.repeat(32), { hint: 'cram-md5' })
  const { secret } = hmac
  assert.ok(secret && 'hmacMd5State' in secret)
  secret.hmacMd5State.fill(0)
  assert.deepEqual(hmac.secret, { hmacMd5State: new Uint8Array(32).fill(0xab) })
  assert.deepEqual(parseStoredCredential('{PLAIN}pencil').secret, { secret: 'pencil' })

  const digest = parseStoredCredential('cd'.repeat(16), { hint: 'digest-md5' })
  digest.ha1!.fill(0)
  assert.deepEqual(digest.ha1, new Uint8Array(16).fill(0xcd))
})
