import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { StoredCredential } from 'saslkit/credentials'
import { JURGEN, TIM } from './accounts.ts'
import type { Peer } from './peers/require-peer.ts'
import { record } from './results.ts'

/** One in ASCII, one beyond it. */
export const PASSWORDS: readonly string[] = [TIM.password, `${JURGEN.password}日本`]

/** An account of the server under test. */
export interface StoredAccount {
  readonly authcid: string
  readonly password: string
  readonly text: string
}

/** An account for each password, with the credential that is made of it. */
export const accountsOf = (
  name: string,
  make: (password: string, authcid: string) => Promise<StoredCredential>,
): Promise<StoredAccount[]> =>
  Promise.all(
    PASSWORDS.map(async (password, index) => {
      const authcid = accountName(name, index)
      return { authcid, password, text: (await make(password, authcid)).text }
    }),
  )

const accountName = (name: string, index: number): string => `${name.toLowerCase()}-${index}`

/** Whether the server lets in. Whatever else happens is thrown. */
export type Enter = (authcid: string, password: string) => Promise<boolean>

/**
 * A test that the accounts of that name get in with their passwords, and with no other. Recorded when it passes.
 *
 * @param kept what the server keeps, in words; default the accounts' name.
 */
export function proveStored(peer: Peer, name: string, by: string, enter: Enter, kept: string = name): void {
  test(`${peer.name} keeps ${kept}, ${by}`, { skip: peer.skip ?? false }, async () => {
    for (const [index, password] of PASSWORDS.entries()) {
      const authcid = accountName(name, index)
      assert.equal(await enter(authcid, password), true, 'the right password')
      assert.equal(await enter(authcid, `x${password}`), false, 'a wrong password')
    }
    record({
      peer,
      role: 'stored',
      scheme: kept,
      by,
      shows: 'the right password gets in, a wrong one does not',
    })
  })
}

/** A test that shows one more thing. Recorded when it passes. */
export function proveMore(
  peer: Peer,
  scheme: string,
  by: string,
  shows: string,
  body: () => Promise<void>,
): void {
  test(`${peer.name} keeps ${scheme}, ${by}: ${shows}`, { skip: peer.skip ?? false }, async () => {
    await body()
    record({ peer, role: 'stored', scheme, by, shows })
  })
}
