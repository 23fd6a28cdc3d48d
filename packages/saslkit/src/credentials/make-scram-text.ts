import type { ScramHash } from '../directory.js'
import type { Preparation } from '../strings/prepare.js'
import { makeScramKeys } from './make-scram-credentials.js'
import { type ScramFormat, scramWriter } from './schemes/scram/writers.js'
import { SCRAM_PRESETS, type ScramPresetName } from './scram-presets.js'

export interface MakeScramTextOptions {
  /** Whose way of writing; default the preset's, or `rfc5803`. */
  readonly format?: ScramFormat | undefined
  readonly preset?: ScramPresetName | undefined
  /** Default the preset's, or 65,536. At least 4,096 (RFC 7677 section 4). */
  readonly iterations?: number | undefined
  readonly salt?: Uint8Array | undefined
  /** How the password is prepared; default what the format's system does. */
  readonly preparation?: Preparation | undefined
  /** Of the account, for MongoDB's SCRAM-SHA-1. */
  readonly username?: string | undefined
  readonly signal?: AbortSignal | undefined
}

/** What was made, and by which rule: not every format says. */
export interface MadeScramText {
  readonly text: string
  readonly format: ScramFormat
  readonly preparation: Preparation
}

/**
 * Makes SCRAM keys as a system writes them.
 *
 * @throws RangeError for what the format cannot hold, and what makeScramCredentials throws.
 */
export async function makeScramText(
  hash: ScramHash,
  password: string,
  options: MakeScramTextOptions,
): Promise<MadeScramText> {
  const { preset: name } = options
  if (name !== undefined && !Object.hasOwn(SCRAM_PRESETS, name))
    throw new RangeError(`preset: one of ${Object.keys(SCRAM_PRESETS).join(', ')}`)
  const preset = name && SCRAM_PRESETS[name]
  const format = options.format ?? preset?.format ?? 'rfc5803'
  const writer = scramWriter(format)
  if (!writer.hashes.includes(hash))
    throw new RangeError(`${format} has no SCRAM-${hash}, only ${writer.hashes.join(', ')}`)
  // The least is everybody's: makeScramKeys refuses fewer.
  const [, most] = writer.iterations ?? [4096, 10_000_000]
  const fallback = Math.min(65_536, most)
  const { iterations = preset?.iterations(hash) ?? fallback, salt = writer.newSalt?.() } = options
  if (iterations > most) throw new RangeError(`iterations: at most ${most} for ${format}`)
  const preparation = options.preparation ?? (writer.preparation as Preparation)
  const made = await makeScramKeys(hash, password, { ...options, salt, iterations, prepare: preparation })
  const text = writer.write({ hash, ...made })
  made.saltedPassword.fill(0)
  return { text, format, preparation }
}
