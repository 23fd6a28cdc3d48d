import type { ScramHash } from '../directory.js'
import type { Preparation } from '../strings/prepare.js'
import { makeScramKeys } from './make-scram-credentials.js'
import type { ScramFormat } from './schemes/scram/writers.js'
import { type ScramPlanOptions, scramPlan } from './scram-plan.js'

export interface MakeScramTextOptions extends ScramPlanOptions {
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
  const { format, writer, iterations } = scramPlan(hash, options)
  const { salt = writer.newSalt?.() } = options
  const preparation = options.preparation ?? (writer.preparation as Preparation)
  const made = await makeScramKeys(hash, password, { ...options, salt, iterations, prepare: preparation })
  const text = writer.write({ hash, ...made })
  made.saltedPassword.fill(0)
  return { text, format, preparation }
}
