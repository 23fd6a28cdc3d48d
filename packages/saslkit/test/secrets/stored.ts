/** A stored credential of the password, in each scheme and format that can be made. */
import { allowBroken } from '../../src/credentials/allow-broken.js'
import type { CredentialFormat } from '../../src/credentials/credential.js'
import { PASSWORD_HASH_SCHEMES, passwordHashMaker } from '../../src/credentials/make-password-hash.js'
import { type MakeScheme, makeStoredCredential } from '../../src/credentials/make-stored-credential.js'
import type { ScramFormat } from '../../src/credentials/schemes/scram/writers.js'
import type { StoredCredential } from '../../src/credentials/stored-credential.js'
import { StoredCredentialError } from '../../src/credentials/stored-credential-error.js'
import { HASHES } from './accounts.js'
import { ITERATIONS, PASSWORD, SALT } from './sentinels.js'

/** The compiler sees to it that none is missing here. */
const SCRAM = {
  dovecot: true,
  ejabberd: true,
  gsasl: true,
  kafka: true,
  mongodb: true,
  passlib: true,
  postgresql: true,
  prosody: true,
  rfc5803: true,
} as const satisfies Record<ScramFormat, true>

export const SCRAM_FORMATS: readonly ScramFormat[] = Object.keys(SCRAM) as ScramFormat[]

const pairs: readonly (readonly [MakeScheme, CredentialFormat])[] = [
  ...PASSWORD_HASH_SCHEMES.flatMap((scheme) =>
    passwordHashMaker(scheme)!.formats.map((format) => [scheme, format] as const),
  ),
  ...HASHES.flatMap((hash) => SCRAM_FORMATS.map((format) => [`SCRAM-${hash}` as const, format] as const)),
]

const LEAST = { passes: 1, memory: 64, N: 256, rounds: 1000 }

async function made(scheme: MakeScheme, format: CredentialFormat): Promise<StoredCredential | undefined> {
  const scram = scheme.startsWith('SCRAM-')
  const own = format === 'kafka' || format === 'mongodb' ? {} : { salt: SALT }
  try {
    return await makeStoredCredential(PASSWORD, {
      ...LEAST,
      ...(scram && own),
      cost: scheme === 'yescrypt' ? 1 : 4,
      iterations: format === 'mongodb' ? 5000 : ITERATIONS,
      username: 'user',
      realm: 'example.org',
      scheme,
      format,
      [allowBroken]: true,
    })
  } catch (error) {
    // Not every system has every hash, and not every package is installed.
    if (error instanceof RangeError || error instanceof StoredCredentialError) return undefined
    throw error
  }
}

export const STORED: readonly StoredCredential[] = (
  await Promise.all(pairs.map(([scheme, format]) => made(scheme, format)))
).filter((credential) => credential !== undefined)

/** What of a text is neither a name nor a number: salts, hashes and keys. */
export const secretsOf = ({ text }: StoredCredential): readonly string[] =>
  text.split(/[^A-Za-z0-9+/=._-]+/).filter((part) => part.length >= 20)
