import { hashFunction } from '#crypto'
import type { ScramHash } from '../directory.js'
import { credentialsOf, keysOfSalted } from '../mechanisms/scram/keys.js'
import { type Octets, utf8 } from '../octets.js'
import { type Preparation, preparePassword } from '../strings/prepare.js'
import { type ScramFormat, scramWriter } from './schemes/scram/writers.js'
import { SCRAM_PRESETS, type ScramPresetName } from './scram-presets.js'

export interface MakeScramTextOptions {
  /** Whose way of writing; default the preset's, or `rfc5803`. */
  readonly format?: ScramFormat | undefined
  readonly preset?: ScramPresetName | undefined
  /** Default the preset's, or 65,536. At least 4,096 (RFC 7677 section 4). */
  readonly iterations?: number | undefined
  readonly salt?: Octets | undefined
  /** How the password is prepared; default what the format's system does. */
  readonly preparation?: Preparation | undefined
  /** Of the account, for MongoDB's SCRAM-SHA-1. */
  readonly username?: string | undefined
  readonly signal?: AbortSignal | undefined
}

/** What was made, and by which rule: not every format says. */
export interface MadeScram {
  readonly text: string
  readonly format: ScramFormat
  readonly preparation: Preparation
}

/** @throws RangeError for what the format cannot hold, too few iterations, or a password that preparation refuses. */
export async function makeScram(
  hash: ScramHash,
  password: string,
  options: MakeScramTextOptions,
): Promise<MadeScram> {
  const { preset: name } = options
  if (name !== undefined && !Object.hasOwn(SCRAM_PRESETS, name))
    throw new RangeError(`preset: one of ${Object.keys(SCRAM_PRESETS).join(', ')}`)
  const preset = name && SCRAM_PRESETS[name]
  const format = options.format ?? preset?.format ?? 'rfc5803'
  const writer = scramWriter(format)
  if (!writer.hashes.includes(hash))
    throw new RangeError(`${format} has no SCRAM-${hash}, only ${writer.hashes.join(', ')}`)
  const [least, most] = writer.iterations ?? [4096, 10_000_000]
  const fallback = Math.min(65_536, most)
  const { iterations = preset?.iterations(hash) ?? fallback, salt = writer.newSalt(), signal } = options
  if (!Number.isSafeInteger(iterations) || iterations < least || iterations > most)
    throw new RangeError(`iterations: a whole number from ${least} to ${most} for ${format}`)
  if (salt.length < 1 || salt.length > 1024) throw new RangeError('salt: 1 to 1,024 octets')
  const preparation = options.preparation ?? (writer.preparation as Preparation)
  if (preparation === 'mongodb' && hash === 'SHA-1' && options.username === undefined)
    throw new TypeError("MongoDB's SCRAM-SHA-1 keys hold the name: pass { username }")
  const context = { username: options.username ?? '', hash }
  const prepared = await preparePassword(password, preparation, 'stored', context)
  const known = await hashFunction(hash)
  const saltedPassword = await known.pbkdf2(utf8(prepared), salt, iterations, signal)
  const keys = credentialsOf(known, keysOfSalted(known, saltedPassword), salt, iterations)
  const text = writer.write({ hash, keys, saltedPassword })
  saltedPassword.fill(0)
  return { text, format, preparation }
}
