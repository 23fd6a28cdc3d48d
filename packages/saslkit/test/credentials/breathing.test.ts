/** What hashes in JavaScript lets everybody else run now and then, and ends when it is aborted. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { bigCrypt } from '../../src/credentials/hashes/des-crypt.js'
import { phpass } from '../../src/credentials/hashes/phpass.js'
import { shaCrypt } from '../../src/credentials/hashes/sha-crypt.js'
import { yescrypt } from '../../src/credentials/hashes/yescrypt.js'
import { parseStoredCredential, verifyPassword } from '../../src/credentials/index.js'
import { utf8 } from '../../src/octets.js'

const PASSWORD = utf8('pencil')
/** Of 16 pieces. */
const LONG = utf8('pencil'.repeat(30))
const SALT = utf8('salt')

const WORK: readonly (readonly [
  name: string,
  breaths: number,
  work: (signal?: AbortSignal) => Promise<unknown>,
])[] = [
  ['phpass of 4,095 rounds', 0, (signal) => phpass(PASSWORD, 'saltsalt', 4095, signal)],
  ['phpass of 8,192 rounds', 2, (signal) => phpass(PASSWORD, 'saltsalt', 8192, signal)],
  ['SHA-crypt of 1,023 rounds', 0, (signal) => shaCrypt('SHA-256', PASSWORD, 'salt', 1023, signal)],
  ['SHA-crypt of 2,048 rounds', 2, (signal) => shaCrypt('SHA-256', PASSWORD, 'salt', 2048, signal)],
  [
    'yescrypt of 4,096 blocks, the last mixed again',
    1,
    (signal) => yescrypt(PASSWORD, SALT, cost(512, 2, 2), signal),
  ],
  [
    'yescrypt of 4,096 blocks with those of its tables',
    1,
    (signal) => yescrypt(PASSWORD, SALT, cost(16, 1, 125), signal),
  ],
  ['yescrypt of 508 HMACs', 0, () => yescrypt(PASSWORD, SALT, cost(4, 127, 0))],
  ['yescrypt of 512 HMACs', 1, (signal) => yescrypt(PASSWORD, SALT, cost(4, 128, 0), signal)],
  ['yescrypt of 5,464 blocks', 1, (signal) => yescrypt(PASSWORD, SALT, cost(2048, 1, 0), signal)],
  [
    'yescrypt of 1,024 HMACs, tables that count as 24,576 blocks, and 3,072 blocks',
    8,
    (signal) => yescrypt(PASSWORD, SALT, { N: 1024, r: 1, p: 256, t: 0 }, signal),
  ],
  ['bigcrypt of 16 pieces', 7, (signal) => bigCrypt(LONG, 'ab', 16, signal)],
  [
    'bigcrypt of 16 pieces, where two are kept,',
    0,
    () =>
      verifyPassword(parseStoredCredential(`ab${'x'.repeat(22)}`, { hint: 'crypt' }), 'pencil'.repeat(30)),
  ],
]

function cost(N: number, r: number, t: number) {
  return { N, r, p: 1, t }
}

/** How often work leaves the thread to others. Browsers have no setImmediate, and take one that there is. */
async function breathsOf(work: () => Promise<unknown>): Promise<number> {
  const own = globalThis.setImmediate
  let breaths = 0
  const counted = (callback: () => void) => {
    breaths++
    return (own ?? setTimeout)(callback)
  }
  globalThis.setImmediate = counted as typeof setImmediate
  try {
    await work()
  } finally {
    globalThis.setImmediate = own
  }
  return breaths
}

for (const [name, breaths, work] of WORK)
  test(`${name} breathes ${breaths} times`, async () => {
    assert.equal(await breathsOf(work), breaths)
    if (breaths) await assert.rejects(work(AbortSignal.abort()), { name: 'AbortError' })
  })
