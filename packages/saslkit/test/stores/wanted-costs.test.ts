/** A policy is met by what is made after it, and by nothing cheaper. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { allowBroken, makeStoredCredential, parseStoredCredential } from '../../src/credentials/index.js'
import { missingSchemes } from '../../src/stores/index.js'
import { servesPasswords } from '../../src/stores/missing-schemes.js'
import { rehashing, scram } from './rehashing.js'

test('of yescrypt a lower cost is bettered, the same or a higher one stays', async () => {
  for (const [held, wanted, lacks] of [
    [1, 2, true],
    [1, 9, true],
    [2, 3, true],
    [1, 1, false],
    [3, 3, false],
    [3, 2, false],
  ] as const) {
    const { text } = await makeStoredCredential('x', { scheme: 'yescrypt', cost: held })
    const missing = missingSchemes(
      { name: 'user', credentials: [text] },
      { scram: [], passwordHash: { scheme: 'yescrypt', cost: wanted } },
    )
    assert.deepEqual(missing, lacks ? ['yescrypt'] : [], `${held}, ${wanted}`)
  }
})

for (const passwordHash of [
  { scheme: 'cram-md5', [allowBroken]: true },
  { scheme: 'ssha512', [allowBroken]: true },
  { scheme: 'apr1' },
  { scheme: 'md5-crypt' },
  { scheme: 'yescrypt', cost: 1 },
] as const)
  test(`${passwordHash.scheme}: the second login makes nothing more`, async () => {
    const old = await makeStoredCredential('x', { scheme: 'sha256-crypt', rounds: 1000 })
    const { events, after } = await rehashing([old], { scram: [], passwordHash })
    for (let login = 0; login < 3; login++) assert.deepEqual(await after('x'), [passwordHash.scheme])
    assert.deepEqual(events, [{ kind: 'rehashed', name: 'user', made: [passwordHash.scheme] }])
  })

test('what yescrypt costs is N times r, whatever the two are', () => {
  /** Of the parameters alone: what the hash is does not matter here. */
  const lacks = (parameters: string, cost: number) => {
    const text = `$y$${parameters}$${'.'.repeat(22)}$${'.'.repeat(43)}`
    const wanted = { scram: [], passwordHash: { scheme: 'yescrypt', cost } } as const
    return missingSchemes({ name: 'user', credentials: [text] }, wanted).length > 0
  }
  const [N1024r8, N2048r8, N1024r32, N4096r8] = ['j75', 'j85', 'j7T', 'j95'] as const
  for (const [parameters, cost, verdict] of [
    [N1024r8, 1, false],
    [N1024r8, 2, true],
    [N2048r8, 1, false],
    [N2048r8, 2, false],
    [N2048r8, 3, true],
    [N1024r32, 2, false],
    [N1024r32, 3, false],
    [N1024r32, 4, true],
    [N4096r8, 3, false],
    [N4096r8, 4, true],
  ] as const)
    assert.equal(lacks(parameters, cost), verdict, `${parameters}, ${cost}`)
})

test('a cost of another scheme is what its text says, and one that the scheme has not is met', () => {
  const bcrypt = parseStoredCredential(`$2b$04$${'.'.repeat(53)}`)
  for (const [cost, verdict] of [
    [4, true],
    [5, false],
  ] as const)
    assert.equal(servesPasswords(bcrypt, { passwordHash: { scheme: 'bcrypt', cost } }), verdict)
  const yescrypt = parseStoredCredential(`$y$j75$${'.'.repeat(22)}$${'.'.repeat(43)}`)
  assert.equal(servesPasswords(yescrypt, { passwordHash: { scheme: 'yescrypt', iterations: 9 } }), true)
})

test('without a password hash in the policy, the keys for any of its hashes serve passwords', async () => {
  const wanted = { scram: ['SHA-256', 'SHA-512'], iterations: 5000, passwordHash: undefined } as const
  assert.equal(servesPasswords(await scram('x', 5000), wanted), true)
  assert.equal(servesPasswords(await scram('x', 4999), wanted), false)
  assert.equal(servesPasswords(await scram('x', 5000, 'SHA-1'), wanted), false)
})
