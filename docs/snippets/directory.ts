// Accounts in a file, a hash of Node's for passwords, and one good token.
import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto'
import { readFile as read } from 'node:fs/promises'
import { promisify } from 'node:util'
import type { ScramHash } from 'saslkit'

export type Keys = Readonly<Record<'salt' | 'storedKey' | 'serverKey', string>> & {
  readonly iterations: number
}
export interface Account {
  readonly hash: string
  readonly locked?: boolean
  readonly scram: Partial<Readonly<Record<ScramHash, Keys>>>
}
export type Accounts = Readonly<Record<string, Account>>

export const FILES: Readonly<Record<string, string>> = {
  'accounts.json': '{}',
  'decoy-secret': randomBytes(32).toString('base64'),
}
export const readFile = async (name: string, encoding: 'utf8'): Promise<string> =>
  FILES[name] ?? read(name, encoding)

export const HASH_OF_NOBODY = `${'0'.repeat(32)}:${'0'.repeat(64)}`
export const slow = promisify<string, Buffer, number, Buffer>(scrypt)

export async function verify(password: string, hash: string): Promise<boolean> {
  const [salt = '', key = ''] = hash.split(':')
  return timingSafeEqual(await slow(password, Buffer.from(salt, 'hex'), 32), Buffer.from(key, 'hex'))
}
export const introspect = async (token: string): Promise<string | undefined> =>
  token === 'good' ? 'tim' : undefined
