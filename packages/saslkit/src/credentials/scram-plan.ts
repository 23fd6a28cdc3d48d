import type { ScramHash } from '../directory.js'
import type { ScramWriter } from './schemes/scram/scram-writer.js'
import { type ScramFormat, scramWriter } from './schemes/scram/writers.js'
import { SCRAM_PRESETS, type ScramPresetName } from './scram-presets.js'

export interface ScramPlanOptions {
  /** Whose way of writing; default the preset's, or `rfc5803`. */
  readonly format?: ScramFormat | undefined
  readonly preset?: ScramPresetName | undefined
  /** Default the preset's, or 65,536, or the most that the format takes. At least 4,096 (RFC 7677 section 4). */
  readonly iterations?: number | undefined
}

/** How keys for a hash are to be made. */
export interface ScramPlan {
  readonly format: ScramFormat
  readonly writer: ScramWriter
  readonly iterations: number
}

/** @throws RangeError for an unknown preset or format, and for what the format cannot hold. */
export function scramPlan(hash: ScramHash, options: ScramPlanOptions): ScramPlan {
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
  const { iterations = preset?.iterations(hash) ?? Math.min(65_536, most) } = options
  if (iterations > most) throw new RangeError(`iterations: at most ${most} for ${format}`)
  return { format, writer, iterations }
}
