/** Passwords that were right a moment ago are not checked again; nothing else is remembered. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { inspect } from 'node:util'
import {
  directory,
  memoryStore,
  type VerifiedPasswordsOptions,
  verifiedPasswords,
} from '../../src/stores/index.js'
import { countPbkdf2 } from '../pbkdf2-calls.js'
import { context, decoySecret, pbkdf2, scram } from './rehashing.js'

async function remembering(options: VerifiedPasswordsOptions = {}) {
  const store = await memoryStore([
    { name: 'user', credentials: [await pbkdf2('pencil'), await pbkdf2('app')] },
    { name: 'admin', credentials: [await pbkdf2('pencil')] },
  ])
  const verified = verifiedPasswords(options)
  const from = directory(store, { decoySecret, verified })
  const login = async (
    name: string,
    password: string,
    verdict: unknown = { authcid: name },
  ): Promise<number> =>
    countPbkdf2('SHA-256', async () => {
      assert.deepEqual(await from.verifyPassword(name, password, context), verdict, `${name} ${password}`)
    })
  return { store, verified, from, login }
}

test('a right password is checked once, each of an account’s', async () => {
  const { verified, login } = await remembering()
  assert.equal(await login('user', 'pencil'), 1)
  assert.equal(await login('user', 'pencil'), 0)
  assert.equal(await login('user', 'app'), 2)
  assert.equal(await login('user', 'app'), 1, 'the first is not known not to be it')
  assert.equal(await login('admin', 'pencil'), 1, 'another account with the same password')
  assert.equal(verified.size, 3)
})

test('wrong passwords and unknown names are checked each time, and cost what they did', async () => {
  const { verified, login } = await remembering()
  await login('user', 'pencil')
  for (let time = 0; time < 2; time++) {
    assert.equal(await login('user', 'eraser', false), 2)
    assert.equal(await login('user', 'Pencil', false), 2)
    assert.equal(await login('admin', 'app', false), 1)
    const unknown = await login('resu', 'pencil', false)
    assert.ok(unknown === 1 || unknown === 2)
    assert.equal(await login('resu', 'pencil', false), unknown)
  }
  assert.equal(verified.size, 1)
})

test('it lasts as long as it is told to, by the caller’s clock, from when it was checked', async () => {
  let now = 1000
  const { login, verified } = await remembering({ lifetime: 50, now: () => now })
  await login('user', 'pencil')
  now = 1049
  assert.equal(await login('user', 'pencil'), 0)
  now = 1050
  assert.equal(await login('user', 'pencil'), 1)
  now = 1049
  assert.equal(await login('user', 'pencil'), 1, 'a clock that was set back')
  assert.equal(await login('user', 'pencil'), 0)
  assert.equal(verified.size, 1)
})

test('another credential, another account, and being told so make it forget', async () => {
  const { store, verified, from, login } = await remembering()
  await login('admin', 'pencil')
  await store.put({ name: 'admin', credentials: [await pbkdf2('pencil')] })
  assert.equal(await login('admin', 'pencil'), 1)
  await store.put({ name: 'admin', credentials: [await scram('other')] })
  assert.equal(await login('admin', 'pencil', false), 1)
  await login('user', 'pencil')
  await store.remove('user')
  assert.equal(await from.verifyPassword('user', 'pencil', context), false)
  await store.put({ name: 'admin', credentials: [await pbkdf2('pencil')], refused: 'account-disabled' })
  for (const derivations of [1, 0])
    assert.equal(await login('admin', 'pencil', { refused: 'account-disabled' }), derivations)
  verified.clear()
  assert.equal(verified.size, 0)
  assert.equal(await login('admin', 'pencil', { refused: 'account-disabled' }), 1)
})

test('only so many are remembered: the latest', async () => {
  const verified = verifiedPasswords({ entries: 3 })
  let checked = 0
  const check = (name: string) =>
    verified.check([name], 'x', async () => {
      checked++
      return true
    })
  for (const name of ['a', 'b', 'c', 'd']) await check(name)
  assert.equal(verified.size, 3)
  for (const name of ['b', 'c', 'd']) await check(name)
  assert.equal(checked, 4)
  await check('a')
  assert.equal(checked, 5)
  assert.equal(verified.size, 3)
})

test('of one credential one way to write the password is remembered: nobody pushes out everybody else', async () => {
  const store = await memoryStore([
    { name: 'user', credentials: [await pbkdf2('pencil')] },
    { name: 'other', credentials: [await pbkdf2('pencil')] },
  ])
  const verified = verifiedPasswords({ entries: 3 })
  const from = directory(store, { decoySecret, verified })
  const login = (name: string, password: string) =>
    countPbkdf2('SHA-256', async () => {
      assert.deepEqual(await from.verifyPassword(name, password, context), { authcid: name })
    })
  assert.equal(await login('other', 'pencil'), 1)
  // SASLprep drops soft hyphens: all of these are right.
  for (let hyphens = 1; hyphens < 8; hyphens++) await login('user', `pen${'\u00ad'.repeat(hyphens)}cil`)
  assert.equal(verified.size, 2)
  assert.equal(await login('other', 'pencil'), 0)
  assert.equal(await login('user', `pen${'\u00ad'.repeat(7)}cil`), 0)
  assert.ok((await login('user', 'pencil')) > 0)
})

test('what is known of a text is not known of the same text read otherwise', async () => {
  const verified = verifiedPasswords()
  const { text } = await pbkdf2('pencil')
  const account = { name: 'user', credentials: [text] }
  const hashed = directory(await memoryStore([account]), { decoySecret, verified })
  const clear = directory(await memoryStore([account], { parse: { hint: 'cleartext' } }), {
    decoySecret,
    verified,
  })
  assert.deepEqual(await clear.verifyPassword('user', text, context), { authcid: 'user' })
  assert.equal(await hashed.verifyPassword('user', text, context), false, 'the hash is the password')
  assert.deepEqual(await hashed.verifyPassword('user', 'pencil', context), { authcid: 'user' })
  assert.equal(await clear.verifyPassword('user', 'pencil', context), false)
})

test('fields that run into each other are others', async () => {
  const verified = verifiedPasswords()
  const known = (of: readonly string[], password: string) => verified.check(of, password, async () => false)
  await verified.check(['ab', 'c'], 'd', async () => true)
  assert.equal(await known(['ab', 'c'], 'd'), true)
  for (const [of, password] of [
    [['a', 'bc'], 'd'],
    [['ab', 'cd'], ''],
    [['ab'], 'cd'],
    [['ab","c'], 'd'],
    [['ab', 'c', 'd'], ''],
  ] as const)
    assert.equal(await known(of, password), false, JSON.stringify(of))
})

test('logins at the same time wait for one check, whatever it says', async () => {
  const { from, login } = await remembering()
  const together = (name: string, password: string, verdict: unknown) =>
    countPbkdf2('SHA-256', async () => {
      for (const got of await Promise.all(
        Array.from({ length: 10 }, () => from.verifyPassword(name, password, context)),
      ))
        assert.deepEqual(got, verdict)
    })
  assert.equal(await together('admin', 'pencil', { authcid: 'admin' }), 1)
  assert.equal(await together('admin', 'eraser', false), 1)
  assert.equal(await login('admin', 'eraser', false), 1)
})

test('whoever waits for another’s check that fails makes their own', async () => {
  const verified = verifiedPasswords()
  let fail = (_: Error) => {}
  const failing = verified.check(['a'], 'x', () => new Promise((_, reject) => (fail = reject)))
  const waiting = verified.check(['a'], 'x', async () => true)
  for (let i = 0; i < 8; i++) await undefined
  fail(new Error('aborted'))
  await assert.rejects(failing, /aborted/)
  assert.equal(await waiting, true)
  assert.equal(verified.size, 1)
})

test('a check that began before everything was forgotten is forgotten too', async () => {
  const verified = verifiedPasswords()
  let answer = (_: boolean) => {}
  const slow = verified.check(['a'], 'x', () => new Promise((resolve) => (answer = resolve)))
  for (let i = 0; i < 8; i++) await undefined
  verified.clear()
  assert.equal(await verified.check(['a'], 'x', async () => false), false, 'joined')
  answer(true)
  assert.equal(await slow, true)
  assert.equal(verified.size, 0)
})

test('it holds no password, and has bounds', async () => {
  const verified = verifiedPasswords()
  await verified.check(['user', 'credential'], 'Sentinel', async () => true)
  assert.ok(!inspect(verified, { depth: 12, showHidden: true, getters: true }).includes('Sentinel'))
  for (const options of [
    { lifetime: 0 },
    { lifetime: -1 },
    { lifetime: Number.NaN },
    { entries: 0 },
    { entries: 1.5 },
  ])
    assert.throws(() => verifiedPasswords(options), RangeError)
})

test('what has been remembered too long is gone, and no clock that is set back brings it up again', async () => {
  let now = 1000
  const verified = verifiedPasswords({ lifetime: 50, now: () => now })
  const check = (right: boolean) => verified.check(['a'], 'x', async () => right)
  await check(true)
  now = 1060
  assert.equal(await check(false), false)
  assert.equal(verified.size, 0)
  now = 1000
  assert.equal(await check(false), false)
})

test('who was remembered again is not the oldest any more', async () => {
  const verified = verifiedPasswords({ entries: 2 })
  const known = (name: string, password: string, right: boolean) =>
    verified.check([name], password, async () => right)
  for (const [name, password] of [
    ['a', 'x'],
    ['b', 'x'],
    ['a', 'y'],
    ['c', 'x'],
  ] as const)
    await known(name, password, true)
  assert.equal(await known('a', 'y', false), true)
  assert.equal(await known('b', 'x', false), false)
})

test('whoever comes while others check after one that failed waits for the latest of them', async () => {
  const verified = verifiedPasswords()
  const answers: ((right: boolean) => void)[] = []
  const pending = () => verified.check(['a'], 'x', () => new Promise((resolve) => answers.push(resolve)))
  const turns = async () => {
    for (let i = 0; i < 8; i++) await undefined
  }
  let fail = (_: Error) => {}
  const failing = verified.check(['a'], 'x', () => new Promise((_, reject) => (fail = reject)))
  const [one, other] = [pending(), pending()]
  await turns()
  fail(new Error('aborted'))
  await assert.rejects(failing, /aborted/)
  await turns()
  assert.equal(answers.length, 2)
  answers[0]!(false)
  assert.equal(await one, false)
  const late = verified.check(['a'], 'x', async () => assert.fail('checked anew'))
  await turns()
  answers[1]!(true)
  assert.equal(await other, true)
  assert.equal(await late, true)
})
