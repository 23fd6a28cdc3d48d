/** Everywhere but on Node: @noble/hashes and bcryptjs. */
import type { Octets } from '../../octets.js'
import { bcryptjs } from './bcryptjs.js'
import { nobleArgon2 } from './noble-argon2.js'
import type { SlowHashes } from './slow-hash.js'

export const argon2: SlowHashes['argon2'] = (password, salt, parameters) =>
  nobleArgon2(password, salt, parameters, 'run where there is a native one')

export const scrypt: SlowHashes['scrypt'] = async (password, salt, { size, ...cost }) => {
  const { scryptAsync } = await import('@noble/hashes/scrypt.js')
  const maxmem = 128 * cost.r * (cost.N + cost.p + 1)
  return (await scryptAsync(password, salt, { ...cost, dkLen: size, maxmem, asyncTick: 4 })) as Octets
}

export const bcrypt: SlowHashes['bcrypt'] = bcryptjs
