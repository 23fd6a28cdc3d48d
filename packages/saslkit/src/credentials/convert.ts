import { hashFunction, sameOctets } from '#crypto'
import type { ScramHash } from '../directory.js'
import { credentialsOf, keysOfSalted } from '../mechanisms/scram/keys.js'
import { requireKnown } from '../require-known.js'
import { type ChallengeSecretFormat, challengeSecretText } from './challenge-secret-text.js'
import type { Credential, CredentialPreparation } from './credential.js'
import { parseStoredCredential } from './parse.js'
import type { ScramEntry, ScramWriter } from './schemes/scram/scram-writer.js'
import { type ScramFormat, scramWriter } from './schemes/scram/writers.js'
import { credentialOf, type StoredCredential } from './stored-credential.js'

/** Which keys `convert` takes over. */
export interface ConvertOptions {
  /** Which one, where the credential has keys for several hashes. */
  readonly hash?: ScramHash | undefined
}

const OPTIONS = Object.keys({ hash: true } satisfies Record<keyof ConvertOptions, true>)

/** What to do where keys cannot go over. */
const INSTEAD = 'make a new credential at the next login that shows the password (makeStoredCredential)'

/**
 * Writes SCRAM keys in another system's way. Keys and salt stay what they are, octet for octet: the other system serves
 * the same passwords, as long as its clients prepare them the same way, which matters for passwords beyond ASCII alone. So
 * do CRAM-MD5's HMAC state and DIGEST-MD5's HA1, bare or as Dovecot has them.
 *
 * @throws RangeError that says why, and what to do instead: a credential that holds none of these, or keys that the other
 *   system cannot hold or would not take. TypeError for options that there are not.
 */
export async function convert(
  stored: StoredCredential,
  format: ScramFormat | ChallengeSecretFormat,
  options: ConvertOptions = {},
): Promise<StoredCredential> {
  requireKnown(options, OPTIONS, 'convert')
  const credential = credentialOf(stored)
  const { scram, preparation } = credential
  if (!scram) {
    const text = challengeSecretText(credential, format)
    if (text === undefined) throw new RangeError(`${withoutKeys(credential, format)}; ${INSTEAD}`)
    return parseStoredCredential(text, { hint: format, preparation })
  }
  const writer = scramWriter(format as ScramFormat)
  const hash = options.hash ?? onlyHash(scram.hashes, writer)
  const keys = await scram.keys(hash)
  if (!keys)
    throw new RangeError(`the credential has keys for ${scram.hashes.join(', ')}, and none for ${hash}`)
  refuseUnfit(writer, format, hash, keys.iterations, preparation)
  const entry: ScramEntry = { hash, keys, saltedPassword: scram.saltedPassword?.(hash) }
  if (writer.needsSaltedPassword) await requireSaltedPassword(entry, format)
  const carried = asMongodb(preparation, hash)
    ? preparation
    : preparation === 'mongodb'
      ? 'saslprep'
      : preparation
  return parseStoredCredential(writer.write(entry), { hint: format, preparation: carried })
}

const withoutKeys = ({ scheme, ha1, secret }: Credential, format: string): string =>
  ha1 || (secret && 'hmacMd5State' in secret)
    ? `${scheme} secrets are written for ${scheme} and dovecot, not for ${format}`
    : `${scheme} credentials hold no SCRAM keys`

/** MongoDB's keys for SHA-256 are of the password itself. */
const asMongodb = (preparation: CredentialPreparation, hash: ScramHash): boolean =>
  preparation === 'mongodb' && hash === 'SHA-1'

function onlyHash(hashes: readonly ScramHash[], writer: ScramWriter): ScramHash {
  const fit = hashes.filter((hash) => writer.hashes.includes(hash))
  if (hashes.length === 1 || fit.length === 1) return (fit[0] ?? hashes[0])!
  throw new RangeError(`keys for ${hashes.join(', ')}: pass { hash } to say which`)
}

function refuseUnfit(
  { hashes, iterations }: ScramWriter,
  format: string,
  hash: ScramHash,
  count: number,
  preparation: CredentialPreparation,
): void {
  if (!hashes.includes(hash))
    throw new RangeError(`${format} has no SCRAM-${hash}, only ${hashes.join(', ')}; ${INSTEAD}`)
  if (iterations && (count < iterations[0] || count > iterations[1]))
    throw new RangeError(
      `${format} takes ${iterations[0]} to ${iterations[1]} iterations, not ${count}; ${INSTEAD}`,
    )
  if (asMongodb(preparation, hash) !== (format === 'mongodb' && hash === 'SHA-1'))
    throw new RangeError(
      `MongoDB's SCRAM-SHA-1 keys are of a digest of name and password, and nobody else's are; ${INSTEAD}`,
    )
}

/** Where it stands beside the keys, it must belong to them. */
async function requireSaltedPassword(
  { hash, keys, saltedPassword }: ScramEntry,
  format: string,
): Promise<void> {
  if (!saltedPassword)
    throw new RangeError(
      `${format} holds the salted password, from which keys are made; it cannot be had from them; ${INSTEAD}`,
    )
  const known = await hashFunction(hash)
  const made = credentialsOf(known, keysOfSalted(known, saltedPassword), keys.salt, keys.iterations)
  if (!sameOctets(made.storedKey, keys.storedKey) || !sameOctets(made.serverKey, keys.serverKey))
    throw new RangeError("the salted password beside the keys is another password's")
}
