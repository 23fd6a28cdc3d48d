import { hashFunction, random } from '#crypto'
import type { Octets } from '../../octets.js'
import type { Credential, CredentialFormat } from '../credential.js'
import { SCRAM_PRESETS } from '../scram-presets.js'
import { strengthOfIterations } from '../strength.js'
import { bounded, boundedSalt } from './bounds.js'
import { hashedPassword } from './hashed-password.js'
import type { Reading, Refusals } from './scheme.js'

export type Pbkdf2Hash = 'SHA-1' | 'SHA-224' | 'SHA-256' | 'SHA-384' | 'SHA-512'

export const PBKDF2_SIZES: Readonly<Record<Pbkdf2Hash, number>> = {
  'SHA-1': 20,
  'SHA-224': 28,
  'SHA-256': 32,
  'SHA-384': 48,
  'SHA-512': 64,
}

/** What a text says, not looked at yet. */
export interface RawPbkdf2 {
  readonly hash: Pbkdf2Hash
  readonly iterations: string | undefined
  readonly salt: Octets | undefined
  readonly key: Octets | undefined
}

/** 16 octets of key at least, and at most what the hash gives: the first block of RFC 8018 section 5.2. */
export function pbkdf2Password(
  { hash, iterations: count, salt: rawSalt, key }: RawPbkdf2,
  format: CredentialFormat,
  { limits }: Reading,
  refused: Refusals,
): Credential {
  const iterations = bounded(count, 'iterations', 1, limits.pbkdf2Iterations, refused)
  const salt = boundedSalt(rawSalt, limits, refused)
  if (!key || key.length < 16) throw refused.malformed('the key is not 16 octets at least in its encoding')
  if (key.length > PBKDF2_SIZES[hash]) throw refused.unsupported('a key longer than the digest')
  return hashedPassword({
    scheme: schemeOfHash(hash),
    format,
    strength: strengthOfIterations(iterations),
    parameters: { iterations, saltLength: salt.length, size: key.length },
    kept: key,
    queued: true,
    hash: async (password, signal) =>
      (await (await hashFunction(hash)).pbkdf2(password, salt, iterations, signal)).slice(0, key.length),
  })
}

/** "SHA-256" → "pbkdf2-sha256". */
export const schemeOfHash = (hash: Pbkdf2Hash): string => `pbkdf2-${hash.toLowerCase().replace('-', '')}`

export interface MadePbkdf2 {
  readonly iterations: number
  readonly salt: Octets
  readonly key: Octets
}

export async function makePbkdf2(
  hash: Pbkdf2Hash,
  password: Octets,
  iterations: number = SCRAM_PRESETS.owasp.iterations(hash),
  salt: Octets = random(16),
  signal?: AbortSignal,
): Promise<MadePbkdf2> {
  return {
    iterations,
    salt,
    key: await (await hashFunction(hash)).pbkdf2(password, salt, iterations, signal),
  }
}
