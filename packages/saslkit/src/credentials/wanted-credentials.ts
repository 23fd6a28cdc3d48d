import type { ScramHash } from '../directory.js'
import { requireKnown } from '../require-known.js'
import type { CredentialFormat } from './credential.js'
import { passwordHashMaker } from './make-password-hash.js'
import { type MakeStoredCredentialOptions, requirePasswordHash } from './make-stored-credential.js'
import { requireMakeOptions } from './require-make-options.js'
import { requireScramHashes } from './require-scram-hash.js'
import { type ScramFormat, scramWriter } from './schemes/scram/writers.js'
import { scramPlan } from './scram-plan.js'
import { SCRAM_PRESETS, type ScramPresetName } from './scram-presets.js'

/** What an account should hold for its password. */
export interface WantedCredentials {
  /** Default SHA-256, SHA-512 and SHA-1, or those of them that the format has. */
  readonly scram?: readonly ScramHash[] | undefined
  /** For the SCRAM keys: `owasp`, `kafka` or `postgres` in place of 65,536 iterations. */
  readonly preset?: ScramPresetName | undefined
  /** Of the SCRAM keys, whatever the preset says; 4,096 at least. */
  readonly iterations?: number | undefined
  /**
   * Whose way of writing: of the SCRAM keys, and of the password hash, unless that has a `format` of its own. Default each
   * scheme's usual one.
   */
  readonly format?: ScramFormat | undefined
  /** What PLAIN and LOGIN are checked against; default Argon2id. Undefined but present: none, SCRAM keys do. */
  readonly passwordHash?: Omit<MakeStoredCredentialOptions, 'signal' | 'username'> | undefined
}

const WANTED = Object.keys({
  scram: true,
  preset: true,
  iterations: true,
  format: true,
  passwordHash: true,
} satisfies Record<keyof WantedCredentials, true>)

/** @throws TypeError for options that there are not. */
export function requireWanted(wanted: WantedCredentials, what: string): void {
  requireKnown(wanted, WANTED, what)
  const { passwordHash } = wanted
  if (passwordHash) requireMakeOptions(passwordHash, 'passwordHash')
}

/** Where one is named for the SCRAM keys. */
export const namedFormat = ({ format, preset }: WantedCredentials): ScramFormat | undefined =>
  format ?? (preset && SCRAM_PRESETS[preset]?.format)

export function wantedHashes(wanted: WantedCredentials): readonly ScramHash[] {
  if (wanted.scram) return wanted.scram
  const format = namedFormat(wanted)
  const known = format && scramWriter(format).hashes
  return (['SHA-256', 'SHA-512', 'SHA-1'] as const).filter((hash) => !known || known.includes(hash))
}

/** Undefined: SCRAM keys do for passwords too. */
export const wantedPasswordHash = (wanted: WantedCredentials): WantedCredentials['passwordHash'] =>
  'passwordHash' in wanted ? wanted.passwordHash : {}

/**
 * What makeStoredCredential is to be asked for, one by one.
 *
 * @throws RangeError for what there is not, or is not in the format; TypeError for hashes that are no list.
 */
export function credentialsToMake(wanted: WantedCredentials): readonly MakeStoredCredentialOptions[] {
  const { preset, iterations, format } = wanted
  const hashes = wantedHashes(wanted)
  requireScramHashes(hashes, 'scram')
  const keys = hashes.map((hash): MakeStoredCredentialOptions => {
    scramPlan(hash, wanted)
    return { scheme: `SCRAM-${hash}`, preset, iterations, format }
  })
  if (format !== undefined) scramWriter(format) // where no keys are wanted, too
  const passwordHash = wantedPasswordHash(wanted)
  if (!passwordHash) return keys
  requireMakeOptions(passwordHash, 'passwordHash')
  const hash = { ...passwordHash, format: passwordHash.format ?? format }
  // SCRAM keys have been looked at, or have words of their own.
  if (!hash.scheme?.startsWith('SCRAM-')) requireWritten(hash, passwordHash.format)
  return [...keys, hash]
}

function requireWritten(hash: MakeStoredCredentialOptions, own: CredentialFormat | undefined): void {
  const { formats } = passwordHashMaker(hash.scheme ?? 'argon2id') ?? {}
  const { format } = hash
  if (own === undefined && format !== undefined && formats && !formats.includes(format))
    throw new RangeError(
      `format: ${format} has no ${hash.scheme ?? 'argon2id'}, which is written for ${formats.join(', ')}; ` +
        'pass { passwordHash: { scheme, format } }, or { passwordHash: undefined } for none',
    )
  requirePasswordHash(hash)
}
