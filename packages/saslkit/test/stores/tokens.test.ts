/** Tokens of accounts in a store: the store has the last word on who comes in. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { makeStoredCredential } from '../../src/credentials/index.js'
import type { TokenVerifier } from '../../src/directory.js'
import { saslServer } from '../../src/negotiation/server.js'
import { utf8 } from '../../src/octets.js'
import { type DirectoryOptions, directory, memoryStore, type Store } from '../../src/stores/index.js'
import { rehasher } from '../../src/stores/rehash.js'
import { context, decoySecret, scram } from './rehashing.js'

const keys = await scram('pencil')
const accounts = [
  { name: 'tim', credentials: [keys] },
  { name: 'bob', credentials: [keys], refused: 'account-disabled' },
  { name: 'Jürgen', credentials: [] },
] as const

/** A token is the name that it is of. */
const verifyToken: TokenVerifier['verifyToken'] = (token) => ({ authcid: token })

const over = async (options: Partial<DirectoryOptions> = {}) =>
  directory(await memoryStore(accounts, { prepare: options.prepare }), {
    decoySecret,
    verifyToken,
    ...options,
  })

const ask = async (token: string, options?: Partial<DirectoryOptions>) =>
  (await over(options)).verifyToken!(token, { authzid: undefined, host: undefined, port: undefined }, context)

test('a good token lets in whom the store has, by the name that the store has', async () => {
  assert.deepEqual(await ask('tim'), { authcid: 'tim' })
  assert.deepEqual(await ask('Ju\u0308rgen'), { authcid: 'Jürgen' }, 'prepared')
  assert.deepEqual(await ask('TIM', { prepare: 'precis' }), { authcid: 'tim' })
  assert.deepEqual(await ask('alias', { sameName: () => true }), { refused: 'not-authorized' })
  const store: Store = { find: () => accounts[0], sameName: () => true }
  const from = directory(store, { decoySecret, typical: [], verifyToken })
  const asked = { authzid: undefined, host: undefined, port: undefined }
  assert.deepEqual(await from.verifyToken!('alias', asked, context), { authcid: 'tim' })
})

test('an account that is refused, or is not there, does not get in by its token', async () => {
  assert.deepEqual(await ask('bob'), { refused: 'account-disabled' })
  for (const name of ['nobody', 'TIM', '\u0007', '__proto__'])
    assert.deepEqual(await ask(name), { refused: 'not-authorized' }, name)
})

test('what is not good, or no verdict, is answered as it came, and the store is not asked', async () => {
  const find = () => assert.fail('asked')
  for (const verdict of [
    { status: 'invalid_token' },
    { status: 'invalid_token', authcid: 'tim' },
    { refused: 'credentials-expired' },
    { refused: 'credentials-expired', authcid: 'tim' },
    { authcid: '' },
    { authcid: 7 },
    {},
    null,
    undefined,
    true,
    'tim',
  ]) {
    const verifyToken = () => verdict as never
    const from = directory({ find }, { decoySecret, typical: [], verifyToken })
    const asked = { authzid: undefined, host: undefined, port: undefined }
    assert.equal(await from.verifyToken!('token', asked, context), verdict)
  }
})

test('the store that fails, and the verifier that does, are temporary', async () => {
  const broken = () => {
    throw new Error('connection refused')
  }
  for (const [find, verify] of [
    [broken, verifyToken],
    [() => Promise.reject(new Error('connection refused')), verifyToken],
    [() => ({ name: '' }) as never, verifyToken],
    [() => accounts[0], broken],
  ] as const) {
    const from = directory({ find }, { decoySecret, typical: [], verifyToken: verify })
    const reply = await saslServer({ directory: from })
      .begin('OAUTHBEARER', { secure: true })
      .step(utf8('n,,\x01auth=Bearer tim\x01\x01'))
    assert.equal(reply.kind === 'failure' && reply.reason, 'temporary')
  }
})

test('tokens beside a store: what is offered follows the accounts', async () => {
  const store = await memoryStore([accounts[0]])
  const server = saslServer({ directory: directory(store, { decoySecret, verifyToken }) })
  assert.deepEqual(server.offer({ secure: true }), ['SCRAM-SHA-256', 'OAUTHBEARER', 'PLAIN'])
  await store.put({
    name: 'ann',
    credentials: [await makeStoredCredential('x', { scheme: 'argon2id', memory: 64 })],
  })
  assert.deepEqual(server.offer({ secure: true }), ['OAUTHBEARER', 'PLAIN'])
  const without = saslServer({ directory: directory(store, { decoySecret }) })
  assert.deepEqual(without.offer({ secure: true }), ['PLAIN'])
})

test('options that there are not are refused in words', async () => {
  const store = await memoryStore(accounts)
  for (const [options, message] of [
    [{ verifyTokens: verifyToken }, /^directory has nothing named "verifyTokens"; known are .*verifyToken/],
    [{ verifyToken: 1 }, /^verifyToken must be a function/],
    [{ verified: null }, /^verified must be what verifiedPasswords\(\) made/],
    [{ rehash: { fromat: 'dovecot' } }, /^rehash has nothing named "fromat"; known are .*passwordHash/],
    [{ rehash: { signal: undefined } }, /^rehash has nothing named "signal"/],
    [{ rehash: true }, /^rehash: an object/],
  ] as const)
    assert.throws(
      () => directory(store, { decoySecret, ...(options as object) }),
      (error) => error instanceof TypeError && message.test(error.message),
    )
})

test('options that are no object are refused in words', async () => {
  const store = await memoryStore(accounts)
  for (const none of [null, undefined, 'secret', 7])
    assert.throws(() => directory(store, none as never), /^TypeError: pass options beside the store/)
  for (const none of [null, true])
    assert.throws(() => rehasher(store, none as never, () => {}), /^TypeError: rehash: an object/)
})

test('a name that no account can have is not looked up', async () => {
  const find = () => assert.fail('asked')
  const from = directory({ find }, { decoySecret, typical: [], verifyToken })
  const asked = { authzid: undefined, host: undefined, port: undefined }
  for (const name of ['\u0007', 'us\ud800er'])
    assert.deepEqual(await from.verifyToken!(name, asked, context), { refused: 'not-authorized' })
})

test('fields of a verdict that are undefined say nothing', async () => {
  for (const none of ['status', 'refused']) {
    const verifyToken = () => ({ [none]: undefined, authcid: 'alias' }) as never
    assert.deepEqual(await ask('token', { verifyToken }), { refused: 'not-authorized' }, none)
  }
})
