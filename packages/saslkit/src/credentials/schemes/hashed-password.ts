import { derivations, sameOctets } from '#crypto'
import { type Octets, utf8 } from '../../octets.js'
import type { Credential, CredentialFormat, Strength } from '../credential.js'
import { preparationOf } from './scheme.js'

/** What differs from one password hash to the next. */
export interface HashedPassword {
  readonly scheme: string
  readonly format: CredentialFormat
  readonly strength: Strength
  readonly parameters: Credential['parameters']
  readonly significantOctets?: number
  /** A hash of crypt(3): passwords are strings that end at NUL. */
  readonly crypt?: boolean
  /** What is kept: digits in crypt(3)'s way, or octets. */
  readonly kept: string | Octets
  /** Makes the same of a password. */
  hash(password: Octets, signal: AbortSignal | undefined): Promise<string | Octets> | string | Octets
  /** In the pool that hash() queues in by itself. */
  readonly queued?: boolean
}

const octetsOf = (value: string | Octets): Octets => (typeof value === 'string' ? utf8(value) : value)

/** A credential that can check passwords and nothing else. All that is slow shares the seam's bound. */
export function hashedPassword({ kept, hash, queued, crypt, ...about }: HashedPassword): Credential {
  return {
    ...about,
    serves: ['password'],
    preparation: preparationOf(about.format),
    refusesNul: crypt,
    async verify(password, _, signal) {
      const work = async () => hash(password, signal)
      const made = await (queued ? work() : derivations.run(work, signal))
      return sameOctets(octetsOf(made), octetsOf(kept))
    },
  }
}
