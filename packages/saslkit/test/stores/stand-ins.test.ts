/**
 * What stands in for accounts that do not exist: told by what is looked at and checked against, rather than by the work that
 * it takes, as enumeration-work.test.ts has it.
 */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { random } from '../../src/crypto/pool.js'
import type { DirectoryOptions, Store, StoredAccount } from '../../src/stores/index.js'
import { directory, memoryStore } from '../../src/stores/index.js'
import { noting } from './checked.js'
import { costly, named, sha256 } from './enumeration.js'
import { context, decoySecret } from './rehashing.js'

const sha1 = '{SHA}W6ph5Mm5Pz8GgiULbPgzG37mj9g='
const plain = (password: string) => `{PLAIN}${password}`
const NAMES = Array.from({ length: 20 }, (_, at) => `unknown${at}`)

/** What is checked for a name, and how many texts are read. */
async function watched(
  accounts: readonly StoredAccount[],
  options: Partial<DirectoryOptions> = {},
  wrapped: (store: Store) => Store = (store) => store,
) {
  let texts = 0
  const { verified, against } = noting()
  const parse = {
    get hint() {
      texts++
      return undefined
    },
  }
  const from = directory(wrapped(await memoryStore(accounts)), { decoySecret, parse, verified, ...options })
  return {
    from,
    async checked(name: string) {
      against.length = 0
      assert.equal(await from.verifyPassword(name, 'eraser', context), false)
      return against.slice()
    },
    async read(work: () => unknown) {
      texts = 0
      await work()
      return texts
    },
  }
}

test('a password of nobody is checked against what an account holds, in vain', async () => {
  const { checked } = await watched([named('user', [sha256, sha1], sha256)])
  assert.deepEqual(await checked('user'), ['false user  sha', 'false user  SCRAM-SHA-256'])
  assert.deepEqual(await checked('nobody'), ['true nobody  sha', 'true nobody  SCRAM-SHA-256'])
})

test('of an account that holds nothing to check, a password is checked against another’s in vain', async () => {
  const { checked } = await watched([
    named('user', sha256),
    named('locked'),
    named('otp', '{OTP}md5 5 seed 0123456789abcdef'),
  ])
  for (const name of ['locked', 'otp']) assert.deepEqual(await checked(name), [`true ${name}  SCRAM-SHA-256`])
})

test('for each mechanism a name has a likeness that answers it, whatever was asked before', async () => {
  const { from, checked } = await watched([named('a', sha1), named('b', costly)])
  const hashes = new Set<string>()
  for (const name of NAMES) {
    for (const checks of await checked(name)) hashes.add(checks.replace(/.* /, ''))
    assert.equal((await from.decoy(name, 'SHA-256'))?.iterations, 10_000, name)
  }
  assert.deepEqual([...hashes].toSorted(), ['SCRAM-SHA-256', 'sha'])
})

test('where CRAM-MD5 is asked for, as much is read for nobody as of an account that answers it', async () => {
  const { from, read } = await watched([
    named('a', sha1),
    named('b', sha1),
    named('c', plain('x'), plain('y'), plain('z')),
  ])
  const secret = (name: string) => read(() => from.secret(name, context))
  await secret('nobody') // what stands in is kept from then on
  assert.equal(await secret('c'), 3)
  for (const name of NAMES) assert.equal(await secret(name), 3, name)
  assert.equal(await secret('a'), 1)
})

test('where nobody can answer, an account is read all the same', async () => {
  const { from, read } = await watched([named('a', sha1, sha1)])
  const secret = (name: string) => read(() => from.secret(name, context))
  assert.equal(await secret('a'), 2)
  assert.equal(await secret('nobody'), 2)
})

test('what a kind looks like is found out once', async () => {
  const { from, read } = await watched([named('user', costly)])
  const decoy = (name: string) => read(() => from.decoy(name, 'SHA-256'))
  assert.equal(await decoy('nobody'), 1)
  for (const name of ['nobody', ...NAMES]) assert.equal(await decoy(name), 0)
})

test('what is typical is a list', async () => {
  const store = await memoryStore([])
  for (const typical of [{ credentials: [sha1] }, 'x', null])
    assert.throws(
      () => directory(store, { decoySecret, typical: typical as never }),
      /^TypeError: typical must be a list of accounts/,
    )
})

const blind = (): Store => ({ find: () => undefined })

test('where nobody knows, a password is checked as new ones are; if none could be made, the next login makes it', async () => {
  const { from, checked } = await watched([], { typical: [] }, blind)
  // The pool of random octets is emptied, filled, and all but what makes the password is taken.
  const { getRandomValues } = crypto
  const gone = () => {
    throw new Error('no random octets')
  }
  const drain = () => {
    for (;;) random(1)
  }
  try {
    crypto.getRandomValues = gone
    assert.throws(drain, /no random octets/)
    crypto.getRandomValues = getRandomValues
    random(4096 - 16)
    crypto.getRandomValues = gone
    await assert.rejects(async () => from.verifyPassword('nobody', 'eraser', context), /no random octets/)
  } finally {
    crypto.getRandomValues = getRandomValues
  }
  for (const name of ['nobody', 'anybody']) assert.deepEqual(await checked(name), [`true ${name}  argon2id`])
})
