/**
 * On Node: its own scrypt and, from 24.7 on, Argon2, both on the thread pool; @node-rs/argon2 and @node-rs/bcrypt where
 * they are installed; else the same as everywhere.
 */
import * as crypto from 'node:crypto'
import { type Octets, utf8 } from '../../octets.js'
import { bcryptjs } from './bcryptjs.js'
import { nobleArgon2 } from './noble-argon2.js'
import type { Argon2Parameters, SlowHashes } from './slow-hash.js'

type Argon2 = SlowHashes['argon2']

const own: Argon2 = (password, salt, { kind, memory, passes, lanes, size }) =>
  new Promise((resolve, reject) => {
    const parameters = { message: password, nonce: salt, memory, passes, parallelism: lanes, tagLength: size }
    crypto.argon2(kind, parameters, (error, tag) => (error ? reject(error) : resolve(new Uint8Array(tag))))
  })

const ownServes = ({ version }: Argon2Parameters): boolean =>
  typeof crypto.argon2 === 'function' && version === 0x13

const native = async (): Promise<Argon2 | undefined> => {
  try {
    const { hashRaw } = await import('@node-rs/argon2')
    return async (password, salt, { kind, version, memory, passes, lanes, size }) =>
      new Uint8Array(
        await hashRaw(password, {
          salt,
          algorithm: { argon2d: 0, argon2i: 1, argon2id: 2 }[kind],
          version: version === 0x13 ? 1 : 0,
          memoryCost: memory,
          timeCost: passes,
          parallelism: lanes,
          outputLen: size,
        }),
      )
  } catch {
    return undefined
  }
}

let installed: Promise<Argon2 | undefined> | undefined

export const argon2: Argon2 = async (password, salt, parameters) => {
  if (ownServes(parameters)) return own(password, salt, parameters)
  installed ??= native()
  const found = await installed
  return found
    ? found(password, salt, parameters)
    : nobleArgon2(password, salt, parameters, 'install @node-rs/argon2, or run on Node 24.7 or later')
}

export const scrypt: SlowHashes['scrypt'] = (password, salt, { N, r, p, size }) =>
  new Promise((resolve, reject) => {
    const maxmem = 128 * r * (N + p + 2) + 1024
    crypto.scrypt(password, salt, size, { N, r, p, maxmem }, (error, key) =>
      error ? reject(error) : resolve(new Uint8Array(key)),
    )
  })

const nativeBcrypt = async (): Promise<SlowHashes['bcrypt'] | undefined> => {
  try {
    const { default: bcrypt } = await import('@node-rs/bcrypt')
    return async (password, cost, salt) =>
      (await bcrypt.hash(utf8(password), cost, saltOctets(salt))).slice(-31)
  } catch {
    return undefined
  }
}

const ALPHABET = './ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789'
const BASE64 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'

/** bcrypt's base64 differs in the order of its digits; the last four bits of a salt stand for nothing. */
const saltOctets = (salt: string): Octets => {
  const digits = Array.from(salt, (digit) => BASE64[ALPHABET.indexOf(digit)]!).join('')
  return new Uint8Array(Buffer.from(digits, 'base64').subarray(0, 16))
}

let installedBcrypt: Promise<SlowHashes['bcrypt'] | undefined> | undefined

export const bcrypt: SlowHashes['bcrypt'] = async (password, cost, salt) => {
  installedBcrypt ??= nativeBcrypt()
  return ((await installedBcrypt) ?? bcryptjs)(password, cost, salt)
}
