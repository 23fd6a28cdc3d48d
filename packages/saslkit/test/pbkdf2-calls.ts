import { hashFunction } from '#crypto'
import type { HashName } from '../src/crypto/hash.js'

/** Counts the key derivations of one hash while the work goes on. */
export async function countPbkdf2(name: HashName, work: () => Promise<void>): Promise<number> {
  const hash = await hashFunction(name)
  const { pbkdf2 } = hash
  let calls = 0
  hash.pbkdf2 = (...given) => {
    calls++
    return pbkdf2(...given)
  }
  try {
    await work()
  } finally {
    hash.pbkdf2 = pbkdf2
  }
  return calls
}
