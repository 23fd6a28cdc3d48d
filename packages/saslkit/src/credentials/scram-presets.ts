import type { ScramHash } from '../directory.js'
import type { ScramFormat } from './schemes/scram/writers.js'

/**
 * How many iterations new SCRAM keys have. The default, 65,536, is the most that every known client takes; OWASP's numbers
 * are higher, and lock Cyrus SASL's and pgjdbc's clients out.
 */
export interface ScramPreset {
  readonly iterations: (hash: ScramHash) => number
  /** Where the name says whose keys they are. */
  readonly format?: ScramFormat
}

/**
 * Whose iteration counts new SCRAM keys have. `owasp`: those of its Password Storage Cheat Sheet (1,300,000 for SHA-1,
 * 210,000 for SHA-512, else 600,000). `kafka`: 16,384, the most that a broker stores. `postgres`: 4,096, its own. The last
 * two write keys as those systems do, unless a format is named.
 */
export type ScramPresetName = 'owasp' | 'kafka' | 'postgres'

const OWASP: Readonly<Partial<Record<ScramHash, number>>> = { 'SHA-1': 1_300_000, 'SHA-512': 210_000 }

export const SCRAM_PRESETS: Readonly<Record<ScramPresetName, ScramPreset>> = {
  /** Password Storage Cheat Sheet, 2023; what it does not name has SHA-256's number. */
  owasp: { iterations: (hash) => OWASP[hash] ?? 600_000 },
  /** The most that a broker stores. */
  kafka: { iterations: () => 16_384, format: 'kafka' },
  /** What PostgreSQL itself makes. */
  postgres: { iterations: () => 4096, format: 'postgresql' },
}
