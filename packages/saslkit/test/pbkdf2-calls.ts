import assert from 'node:assert/strict'
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

const HASHES = ['SHA-1', 'SHA-224', 'SHA-256', 'SHA-384', 'SHA-512', 'SHA3-512'] as const

/** No key is derived, by any hash, while the work goes on. */
export async function assertNoPbkdf2<Result>(work: () => Promise<Result>): Promise<Result> {
  let result: { readonly of: Result } | undefined
  const calls: Partial<Record<HashName, number>> = {}
  const counted = async (left: readonly HashName[]): Promise<void> => {
    const [name, ...others] = left
    if (name) calls[name] = await countPbkdf2(name, () => counted(others))
    else result = { of: await work() }
  }
  await counted(HASHES)
  assert.deepEqual(Object.fromEntries(HASHES.map((name) => [name, 0])), calls)
  return result!.of
}
