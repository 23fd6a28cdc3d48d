import assert from 'node:assert/strict'
import { test } from 'node:test'
import { inspect } from 'node:util'
import { countAccounts, type StoredAccount } from '../../src/stores/index.js'

const salted = (iterations: number): string =>
  `SCRAM-SHA-256$${iterations}:c2FsdA==$${'A'.repeat(43)}=:${'A'.repeat(43)}=`
const account = (...credentials: readonly string[]): StoredAccount => ({ name: 'user', credentials })

test('accounts of the same schemes and costs are one kind, whatever else they are', () => {
  const counting = countAccounts()
  const [one, other] = [
    account(salted(4096)),
    { ...account(salted(4096)), refused: 'account-disabled' } as const,
  ]
  counting.add(one)
  counting.add(other)
  counting.add(account(salted(5000)), 7)
  counting.add(account(salted(4096), salted(4096)))
  assert.deepEqual(
    counting.census().kinds.map(({ accounts }) => accounts),
    [7, 2, 1],
  )
  counting.remove(one)
  assert.equal(counting.census().kinds.find(({ example }) => example === other)?.accounts, 1)
  counting.remove(one)
  counting.remove(account(salted(4096)))
  assert.deepEqual(
    counting.census().kinds.map(({ accounts }) => accounts),
    [7, 1, 1],
    'who is not there was taken away',
  )
  counting.remove(other)
  assert.equal(counting.census().kinds.length, 2)
})

test('a census is the same object until something changes', () => {
  const counting = countAccounts()
  counting.add(account(salted(4096)))
  const census = counting.census()
  assert.equal(counting.census(), census)
  counting.add(account(salted(4096)))
  assert.notEqual(counting.census(), census)
})

test('of many kinds the most common are kept, the same ones on every node', () => {
  const kinds = Array.from({ length: 30 }, (_, at) => account(salted(4096 + at)))
  const keys = (accounts: readonly StoredAccount[]) => {
    const counting = countAccounts()
    for (const one of accounts) counting.add(one)
    counting.add(kinds[17]!)
    return counting.census().kinds.map(({ key }) => key)
  }
  const kept = keys(kinds)
  assert.equal(kept.length, 16)
  assert.match(kept[0]!, /4113/)
  const rest = kept.slice(1)
  assert.deepEqual(rest, rest.toSorted(), 'those of one number by their texts')
  assert.match(rest[0]!, /4096/)
  assert.deepEqual(keys(kinds.toReversed()), kept)
})

test('what everybody can answer is of all kinds, and of none that can answer nothing', () => {
  const counting = countAccounts()
  for (let at = 0; at < 20; at++) {
    counting.add(account(salted(4096 + at)))
    counting.add(account(salted(4096 + at)))
  }
  counting.add(account())
  counting.add(account('{NOBODY}x'))
  assert.deepEqual(counting.census().everybody, ['SCRAM-SHA-256', 'password'])
  assert.deepEqual(counting.census().stored, ['SHA-256'])
  counting.add(account('$1$salt$qJH7.N4xYta3aEG/dfqo/0'))
  assert.ok(!counting.census().kinds.some(({ serves }) => serves.length === 1), 'the rarest kind is kept')
  assert.deepEqual(counting.census().everybody, ['password'])
  assert.deepEqual(countAccounts().census(), { kinds: [], everybody: [], stored: [] })
})

test('a census that is printed shows no account', () => {
  const counting = countAccounts()
  counting.add(account(salted(4096)))
  const [kind] = counting.census().kinds
  assert.equal(kind!.example.name, 'user')
  const shown = inspect(kind, { depth: 12, showHidden: true, getters: true })
  assert.match(shown, /accounts: 1/)
  assert.ok(!shown.includes('c2FsdA') && !shown.includes('user'), shown)
})
