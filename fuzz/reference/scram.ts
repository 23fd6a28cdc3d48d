/**
 * SCRAM (RFC 5802 section 3) once more, on node:crypto and by regular expressions that take a message apart and judge
 * nothing: what the library's verdicts are held against.
 */
import { pbkdf2Sync } from 'node:crypto'
import type { Octets, ScramHash } from 'saslkit'
import { uncounted } from '../work.ts'

export interface ScramKeys {
  readonly salt: Octets
  readonly iterations: number
  readonly clientKey: Octets
  readonly storedKey: Octets
  readonly serverKey: Octets
}

const ALGORITHMS: Readonly<Record<ScramHash, string>> = {
  'SHA-1': 'sha1',
  'SHA-224': 'sha224',
  'SHA-256': 'sha256',
  'SHA-384': 'sha384',
  'SHA-512': 'sha512',
  'SHA3-512': 'sha3-512',
}

const hmac = (hash: ScramHash, key: Uint8Array, data: string): Octets =>
  new Uint8Array(uncounted.createHmac(ALGORITHMS[hash], key).update(data).digest())

const digest = (hash: ScramHash, data: Uint8Array): Octets =>
  new Uint8Array(uncounted.createHash(ALGORITHMS[hash]).update(data).digest())

const xor = (a: Octets, b: Octets): Octets => a.map((octet, i) => octet ^ (b[i] ?? 0))

export function scramKeys(hash: ScramHash, password: string, salt: Octets, iterations: number): ScramKeys {
  const { length } = digest(hash, salt)
  const salted = pbkdf2Sync(password, salt, iterations, length, ALGORITHMS[hash])
  const clientKey = hmac(hash, salted, 'Client Key')
  return {
    salt,
    iterations,
    clientKey,
    storedKey: digest(hash, clientKey),
    serverKey: hmac(hash, salted, 'Server Key'),
  }
}

/** In base64, as it stands on the wire. */
export const proofOf = (hash: ScramHash, keys: ScramKeys, authMessage: string): string =>
  Buffer.from(xor(keys.clientKey, hmac(hash, keys.storedKey, authMessage))).toString('base64')

/** In base64, as it stands on the wire. */
export const signatureOf = (hash: ScramHash, keys: ScramKeys, authMessage: string): string =>
  Buffer.from(hmac(hash, keys.serverKey, authMessage)).toString('base64')

/** What stands before the name: two commas end it (RFC 5801 section 4). */
export const headerOf = (clientFirst: string): string => /^[^,]*,[^,]*,/.exec(clientFirst)?.[0] ?? ''

/** The message that both sides sign. */
export function authMessageOf(clientFirst: string, serverFirst: string, clientFinal: string): string {
  const bare = clientFirst.slice(headerOf(clientFirst).length)
  return `${bare},${serverFirst},${withoutProof(clientFinal)}`
}

export const withoutProof = (clientFinal: string): string => clientFinal.replace(/,p=[^,]*$/, '')

export const fieldOf = (message: string, attribute: string): string | undefined =>
  message
    .split(',')
    .find((field) => field.startsWith(`${attribute}=`))
    ?.slice(2)

export const unescaped = (name: string): string => name.replaceAll('=2C', ',').replaceAll('=3D', '=')

export const escaped = (name: string): string => name.replaceAll('=', '=3D').replaceAll(',', '=2C')
