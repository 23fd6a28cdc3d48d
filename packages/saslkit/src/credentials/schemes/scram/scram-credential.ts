import { hashFunction, sameOctets } from '#crypto'
import type { ScramCredentials, ScramHash } from '../../../directory.js'
import { SCRAM_HASHES } from '../../../mechanisms/scram/hashes.js'
import { deriveCredentials } from '../../../mechanisms/scram/keys.js'
import { fromBase64, type Octets } from '../../../octets.js'
import type { Credential, CredentialFormat, CredentialPreparation, Scram } from '../../credential.js'
import { strengthOfIterations } from '../../strength.js'
import { bounded, boundedSalt, ofLength } from '../bounds.js'
import type { Reading, Refusals } from '../scheme.js'

/** Octets of a digest, which all keys of a hash have. */
export const SCRAM_SIZES: Readonly<Record<ScramHash, number>> = {
  'SHA3-512': 64,
  'SHA-512': 64,
  'SHA-384': 48,
  'SHA-256': 32,
  'SHA-224': 28,
  'SHA-1': 20,
}

/** What a text says of one hash, not looked at yet. */
export interface RawKeys {
  readonly iterations: string | undefined
  readonly salt: Octets | undefined
  readonly storedKey: Octets | undefined
  readonly serverKey: Octets | undefined
}

/** The same, with salt and keys in base64. */
export type EncodedKeys = Readonly<Record<keyof RawKeys, string | undefined>>

/** What is missing is read as no octets, which are refused as well. */
export const keysInBase64 = ({ iterations, salt, storedKey, serverKey }: EncodedKeys): RawKeys => ({
  iterations,
  salt: fromBase64(salt ?? ''),
  storedKey: fromBase64(storedKey ?? ''),
  serverKey: fromBase64(serverKey ?? ''),
})

/** @throws StoredCredentialError for what is not whole, or asks for too much. */
export function wholeKeys(
  hash: ScramHash,
  raw: RawKeys,
  { limits }: Reading,
  refusals: Refusals,
): ScramCredentials<Octets> {
  return {
    iterations: bounded(raw.iterations, 'iterations', 1, limits.pbkdf2Iterations, refusals),
    salt: boundedSalt(raw.salt, limits, refusals),
    storedKey: ofLength(raw.storedKey, SCRAM_SIZES[hash], 'stored key', refusals),
    serverKey: ofLength(raw.serverKey, SCRAM_SIZES[hash], 'server key', refusals),
  }
}

export const schemeOf = (hashes: readonly ScramHash[]): string =>
  hashes.length === 1 ? `SCRAM-${hashes[0]}` : 'SCRAM'

/** A credential of SCRAM keys, one hash or several. There is at least one. */
export function scramCredential(
  format: CredentialFormat,
  preparation: CredentialPreparation,
  keys: ReadonlyMap<ScramHash, ScramCredentials<Octets>>,
): Credential {
  const hashes = SCRAM_HASHES.filter((hash) => keys.has(hash))
  return scramLike(format, preparation, [...keys.values()][0]!, {
    hashes,
    checkedBy: hashes[0]!,
    keys: (hash) => keys.get(hash),
  })
}

/** The same for keys that come some other way. */
export function scramLike(
  format: CredentialFormat,
  preparation: CredentialPreparation,
  { iterations, salt }: Pick<ScramCredentials<Octets>, 'iterations' | 'salt'>,
  scram: Scram,
): Credential {
  return {
    scheme: schemeOf(scram.hashes),
    format,
    strength: strengthOfIterations(iterations),
    serves: [...scram.hashes.map((hash) => `SCRAM-${hash}` as const), 'password'],
    preparation,
    parameters: { iterations, saltLength: salt.length },
    scram,
    async verify(password, _, signal) {
      const kept = (await scram.keys(scram.checkedBy))!
      const hash = await hashFunction(scram.checkedBy)
      const made = await deriveCredentials(hash, password, kept.salt, kept.iterations, signal)
      return sameOctets(made.storedKey, kept.storedKey)
    },
  }
}
