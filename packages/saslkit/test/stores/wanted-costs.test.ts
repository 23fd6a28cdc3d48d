/** A policy is met by what is made after it, and by nothing cheaper. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { allowBroken, makeStoredCredential } from '../../src/credentials/index.js'
import { missingSchemes } from '../../src/stores/index.js'
import { rehashing } from './rehashing.js'

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
