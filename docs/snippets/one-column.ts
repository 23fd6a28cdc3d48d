// A table of one row, and what is to be in it after a login by PLAIN.
import assert from 'node:assert/strict'
import { saslServer, utf8 } from 'saslkit'
import { makeStoredCredential, parseStoredCredential } from 'saslkit/credentials'
import {
  type DirectoryOptions,
  type Kept as KeptByStores,
  directory as over,
  type StoreDirectory,
  type Store as StoreOfAccounts,
} from 'saslkit/stores'

export type Store = StoreOfAccounts
export type Kept = KeptByStores
export const decoySecret: Uint8Array<ArrayBuffer> = new Uint8Array(16)

const password = 'tanstaaftanstaaf'
const { text: old } = await makeStoredCredential(password, { scheme: 'bcrypt', cost: 4 })
export const typical = [{ credentials: [old], accounts: 1 }]

const row = { name: 'tim', secret: old }
export const selectAccount = async (name: string) => (name === row.name ? { ...row } : undefined)
export async function updateAccount(_text: string, [secret = '', name, was]: readonly string[]) {
  const same = name === row.name && was === row.secret
  if (same) row.secret = secret
  return same
}

async function kindAfterLogin(made: StoreDirectory): Promise<string> {
  // Of cleartext, too, nothing is left.
  row.secret = `{PLAIN}${password}`
  const exchange = saslServer({ directory: made, decoySecret }).begin('PLAIN', { secure: true })
  assert.equal((await exchange.step(utf8(`\0tim\0${password}`))).kind, 'success')
  await made.idle()
  return parseStoredCredential(row.secret).scheme
}

const made: StoreDirectory[] = []
export function directory(store: Store, options: DirectoryOptions): StoreDirectory {
  made.push(over(store, options))
  return made.at(-1)!
}

process.once('beforeExit', async () => {
  const kinds: string[] = []
  for (const each of made) kinds.push(await kindAfterLogin(each))
  assert.deepEqual(kinds, ['SCRAM-SHA-256', 'argon2id'])
})
