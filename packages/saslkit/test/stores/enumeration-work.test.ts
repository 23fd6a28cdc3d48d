/** An account that does not exist costs what one costs that does. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { makeStoredCredential } from '../../src/credentials/make-stored-credential.js'
import { scramClient } from '../../src/mechanisms/scram/client.js'
import { scramServer } from '../../src/mechanisms/scram/server.js'
import type { Store, StoreDirectory, StoredAccount } from '../../src/stores/index.js'
import { directory, memoryStore } from '../../src/stores/index.js'
import { countPbkdf2 } from '../pbkdf2-calls.js'
import {
  type Asked,
  ask,
  clear,
  connection,
  costly,
  decoySecret,
  end,
  NAMES,
  named,
  over,
  scramText,
  sha256,
} from './enumeration.js'

/** Key derivations that a password takes. */
async function work(from: StoreDirectory, name: string, password: string): Promise<number> {
  return countPbkdf2('SHA-256', async () => {
    assert.equal(await from.verifyPassword(name, password, { connection }), false)
  })
}

test('a password is as much work for an unknown name as for an account, for each scheme', async () => {
  const pbkdf2 = async (iterations: number) =>
    (await makeStoredCredential('pencil', { scheme: 'pbkdf2-sha256', iterations })).text
  const [one, other] = [await pbkdf2(1000), await pbkdf2(2000)]
  for (const [account, derivations] of [
    [named('user', sha256), 1],
    [named('user', one), 1],
    [named('user', clear), 0],
    [named('user', one, other, one), 3],
    [named('user', [sha256, one]), 1],
    [named('user', [sha256, one], [other], clear), 2],
  ] as const) {
    const from = await over([account])
    assert.equal(await work(from, 'user', 'eraser'), derivations, JSON.stringify(account))
    assert.equal(await work(from, 'resu', 'eraser'), derivations, JSON.stringify(account))
    // What the work is done on is a real account's, and nobody may learn so that it fits.
    assert.equal(await work(from, 'resu', 'pencil'), derivations, JSON.stringify(account))
  }
})

test('what is cheap is done as often too: choosing a likeness, reading credentials', async () => {
  const md5 = `{SSHA}${btoa('x'.repeat(28))}`
  for (const accounts of [
    [named('user', md5)],
    [named('user', sha256), named('other', md5)],
    [named('user', md5, md5), named('other', [sha256, md5])],
    [named('user', sha256), named('other', sha256), named('third', '{PLAIN}pencil')],
    [named('user', '{OTP}md5 5 seed 0123456789abcdef'), named('other', sha256)],
  ]) {
    const steps: string[] = []
    const held = await memoryStore(accounts)
    const store: Store = {
      find: held.find,
      census() {
        steps.push('chosen')
        return held.census()
      },
    }
    const parse = {
      get hint() {
        steps.push('read')
        return undefined
      },
    }
    const from = directory(store, { decoySecret, parse })
    const asking: readonly ((name: string) => unknown)[] = [
      (name) => from.verifyPassword(name, 'eraser', { connection }),
      (name) => from.scramCredentials(name, 'SHA-256', { connection }),
      (name) => from.secret(name, { connection }),
    ]
    for (const ask of asking) {
      const stepsOf = async (name: string) => {
        steps.length = 0
        await ask(name)
        return steps.join()
      }
      await stepsOf('user')
      const known = await stepsOf('user')
      const unknown = new Set<string>()
      for (const name of NAMES.slice(0, 20)) unknown.add(await stepsOf(name))
      assert.ok(unknown.has(known), `${known} among ${[...unknown].join(' | ')}`)
      if (accounts.length === 1) assert.equal(unknown.size, 1)
    }
  }
})

test('an account that holds nothing to check a password by takes the work of another', async () => {
  const from = await over([
    named('user', sha256),
    named('locked'),
    named('otp', '{OTP}md5 5 seed 0123456789abcdef'),
  ])
  for (const name of ['user', 'locked', 'otp', 'resu'])
    assert.equal(await work(from, name, 'eraser'), 1, name)
})

test('the work is that of the kinds there are, as often as they are there', async () => {
  const pbkdf2 = (await makeStoredCredential('pencil', { scheme: 'pbkdf2-sha256', iterations: 1000 })).text
  const from = await over([
    named('a', pbkdf2),
    named('b', pbkdf2),
    named('c', clear),
    named('d', pbkdf2, pbkdf2, pbkdf2),
  ])
  const works = new Map<number, number>()
  for (const name of NAMES) {
    const derivations = await work(from, name, 'eraser')
    assert.equal(await work(from, name, 'eraser'), derivations)
    works.set(derivations, (works.get(derivations) ?? 0) + 1)
  }
  assert.deepEqual([...works.keys()].toSorted(), [0, 1, 3])
  assert.ok(works.get(1)! > 80 && works.get(1)! < 120, String(works.get(1)))
})

test('what is typical stands for accounts that a store cannot list', async () => {
  const blind: Store = { find: (name) => (name === 'user' ? named('user', costly) : undefined) }
  const from = directory(blind, {
    decoySecret,
    typical: [
      { credentials: [costly], accounts: 3 },
      { credentials: [sha256, sha256], accounts: 1 },
    ],
  })
  const counts = [0, 0]
  for (const name of NAMES) {
    const { iterations } = await ask(from, name)
    assert.ok(iterations === 10_000 || iterations === 4096)
    counts[iterations === 10_000 ? 0 : 1]!++
    // One that looks like one of them in one mechanism costs what it does in the other.
    if (counts[1]! < 3) assert.equal(await work(from, name, 'eraser'), iterations === 10_000 ? 1 : 2)
  }
  assert.ok(counts[0]! > 130 && counts[0]! < 170, String(counts))
  assert.deepEqual(from.scramHashes, ['SHA-256'])
  for (const accounts of [0, -1, Number.NaN])
    assert.throws(
      () => directory(blind, { decoySecret, typical: [{ credentials: [costly], accounts }] }),
      RangeError,
    )
})

test('what is typical stands in for a store that is empty as yet', async () => {
  const store = await memoryStore()
  const from = directory(store, { decoySecret, typical: [{ credentials: [costly] }] })
  assert.equal((await ask(from, 'resu')).iterations, 10_000)
  await store.put(named('user', sha256))
  assert.equal((await ask(from, 'resu')).iterations, 4096)
})

test('a store that cannot say what its accounts are like asks for it, rather than be silent', async () => {
  const blind: Store = { find: () => undefined }
  assert.throws(() => directory(blind, { decoySecret }), /^TypeError: the store has no census\(\).*typical/)
  assert.throws(() => directory(blind, { decoySecret, scramHashes: ['SHA-256'] }), TypeError)
  assert.deepEqual(directory(blind, { decoySecret, typical: [] }).scramHashes, [])
})

test('where nobody knows, decoys are like new accounts, and their work like that of whoever came last', async () => {
  const blind: Store = { find: (name) => (name === 'user' ? named('user', sha256) : undefined) }
  const from = directory(blind, { decoySecret, typical: [] })
  const unknown = await ask(from, 'resu')
  assert.deepEqual([unknown.iterations, unknown.length], [65_536, 16])
  assert.deepEqual(from.scramHashes, [])
  assert.equal(await work(from, 'resu', 'eraser'), 0, 'Argon2 has no key derivation of PBKDF2')
  await from.verifyPassword('user', 'eraser', { connection })
  assert.equal(await work(from, 'resu', 'eraser'), 0, 'who has not proved anything changes nothing')
  assert.deepEqual(await from.verifyPassword('user', 'pencil', { connection }), { authcid: 'user' })
  assert.equal(await work(from, 'resu', 'eraser'), 1)
})

test('a credential that cannot be read stands for nobody else', async () => {
  const from = await over([named('user', '{NOBODY}x', sha256)], { log: () => {} })
  assert.equal(await work(from, 'resu', 'eraser'), 1)
  assert.equal(
    JSON.stringify(
      await end(scramClient('SHA-256', { authcid: 'resu', password: 'x' }), scramServer('SHA-256', from, {})),
    ),
    JSON.stringify(['invalid-credentials', 'e=invalid-proof', 'SaslError: wrong proof']),
  )
})

test('keys that are made of cleartext at the login are made for unknown names as well', async () => {
  const from = await over([named('user', clear)])
  const asked = async (name: string) => {
    let found: Asked | undefined
    const derivations = await countPbkdf2('SHA-256', async () => {
      found = await ask(from, name)
    })
    return { ...found!, derivations }
  }
  const known = await asked('user')
  assert.equal(known.derivations, 1)
  assert.equal(known.iterations, 4096)
  assert.deepEqual(await asked('user'), known, 'a salt of its own each time would tell')
  assert.deepEqual({ ...(await asked('resu')), salt: '' }, { ...known, salt: '' })
  assert.equal(
    await end(
      scramClient('SHA-256', { authcid: 'user', password: 'pencil' }),
      scramServer('SHA-256', from, {}),
    ),
    'success',
  )
})

test('what a server offers follows from what all accounts can answer', async () => {
  const all = async (...accounts: readonly StoredAccount[]) => (await over(accounts)).scramHashes
  const [sha1, sha512] = [await scramText('SHA-1', 4096), await scramText('SHA-512', 4096)]
  assert.deepEqual(await all(), [])
  assert.deepEqual(await all(named('a', sha256)), ['SHA-256'])
  assert.deepEqual(await all(named('a', sha256, sha512), named('b', sha256)), ['SHA-256'])
  assert.deepEqual(await all(named('a', [sha256, sha512, sha1])), ['SHA-512', 'SHA-256', 'SHA-1'])
  assert.deepEqual(await all(named('a', clear)), ['SHA-512', 'SHA-256'], 'SHA-1 without keys')
  assert.deepEqual(await all(named('a', clear), named('b', sha1)), ['SHA-1'])
  assert.deepEqual(await all(named('a', sha256), named('locked')), ['SHA-256'], 'whoever can answer nothing')
  assert.deepEqual(await all(named('a', sha256), named('b', '$1$salt$qJH7.N4xYta3aEG/dfqo/0')), [])
  const store = await memoryStore([named('a', sha256)])
  assert.deepEqual(directory(store, { decoySecret, scramHashes: ['SHA-1'] }).scramHashes, ['SHA-1'])
})
