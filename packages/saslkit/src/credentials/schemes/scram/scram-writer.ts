import type { ScramCredentials, ScramHash } from '../../../directory.js'
import type { Octets } from '../../../octets.js'
import type { CredentialPreparation } from '../../credential.js'

/** Keys to write. The salted password is there if it is known. */
export interface ScramEntry {
  readonly hash: ScramHash
  readonly keys: ScramCredentials<Octets>
  readonly saltedPassword?: Octets | undefined
}

/** How one system writes SCRAM keys, and what it can do with them. */
export interface ScramWriter {
  /** The hashes that the system knows. */
  readonly hashes: readonly ScramHash[]
  /** How it has passwords prepared; it decides how new keys are made. */
  readonly preparation: CredentialPreparation
  /** The least and the most that the system takes, where it says. */
  readonly iterations?: readonly [least: number, most: number]
  /** Where it takes salts of characters alone; else 16 random octets. */
  readonly newSalt?: () => Octets
  /** It holds what the keys are derived from. */
  readonly needsSaltedPassword?: boolean
  write(entry: ScramEntry): string
}
