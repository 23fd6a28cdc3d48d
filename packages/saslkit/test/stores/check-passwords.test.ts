/** What a password is checked by, of all that an account holds for it. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { parseStoredCredential } from '../../src/credentials/index.js'
import type { DirectoryOptions, StoredAccount, StoreEvent } from '../../src/stores/index.js'
import { directory, memoryStore, verifiedPasswords } from '../../src/stores/index.js'
import { unavailable } from './checked.js'
import { clear, context, decoySecret, md5 } from './rehashing.js'

async function over(credentials: StoredAccount['credentials'], options: Partial<DirectoryOptions> = {}) {
  const events: StoreEvent[] = []
  const store = await memoryStore([{ name: 'user', credentials }])
  const from = directory(store, { decoySecret, log: (event) => events.push(event), ...options })
  return {
    store,
    events,
    login: (password: string, name = 'user') => from.verifyPassword(name, password, context),
  }
}

test('of hashes of one password the first is asked, and no other', async () => {
  const one = parseStoredCredential('{SHA}W6ph5Mm5Pz8GgiULbPgzG37mj9g=') // printf password | sha1
  const other = parseStoredCredential('{MD5}X03MO1qnZdYdgyfeuILPmQ==') // the same by md5
  assert.deepEqual(await (await over([[one, other]])).login('password'), { authcid: 'user' })
  const unlike = parseStoredCredential('{SHA}AAAAAAAAAAAAAAAAAAAAAAAAAAA=')
  assert.deepEqual(await (await over([[other, unlike]])).login('password'), { authcid: 'user' })
  assert.equal(await (await over([[unlike, other]])).login('password'), false)
  assert.equal(await (await over([[clear('password'), unlike, other]])).login('password'), false)
})

test('where a credential cannot be checked another does, and it is told', async () => {
  for (const credentials of [
    [[unavailable, clear('pencil')]],
    [unavailable, clear('pencil')],
    [clear('odd'), unavailable, clear('pencil')],
  ]) {
    const { events, login } = await over(credentials)
    assert.deepEqual(await login('pencil'), { authcid: 'user' })
    assert.equal(events.length, 1)
    const [event] = events
    assert.ok(event?.kind === 'unreadable-credential' && event.name === 'user')
    assert.match(String(event.cause), /^StoredCredentialError: bcrypt: install it$/)
  }
})

test('where nothing else fits, what cannot be checked is the fault; where its password had another, it is not', async () => {
  for (const credentials of [[unavailable], [[unavailable, unavailable]], [clear('odd'), unavailable]])
    await assert.rejects(async () => (await over(credentials)).login('pencil'), /bcrypt: install it/)
  assert.equal(await (await over([[unavailable, md5]])).login('pencil'), false)
})

test('what stands in for nobody has no name of anybody’s, and is told of by that', async () => {
  const { events, login } = await over([], { typical: [{ credentials: [unavailable] }] })
  await assert.rejects(async () => login('pencil', 'nobody'), /bcrypt: install it/)
  assert.deepEqual(
    events.map((event) => event.kind === 'unreadable-credential' && event.name),
    ['a typical account'],
  )
})

test('a password that was right in one realm is not known in another', async () => {
  // printf 'user:example.org:pencil' | md5sum
  const credentials = ['{DIGEST-MD5}59d05624acb3d9cf8d4a2e7d8c152938']
  const { store, login } = await over(credentials, { verified: verifiedPasswords() })
  for (const [realm, verdict] of [
    ['example.org', { authcid: 'user' }],
    ['example.com', false],
    ['example.org', { authcid: 'user' }],
    [undefined, false],
  ] as const) {
    await store.put({ name: 'user', credentials, realm })
    assert.deepEqual(await login('pencil'), verdict, realm)
  }
})
