import { hashFunction, random, sameOctets } from '#crypto'
import { base64, type Octets, utf8 } from '../octets.js'
import { requireKnown } from '../require-known.js'

/** For how long, and how many, verified passwords are remembered. */
export interface VerifiedPasswordsOptions {
  /** Milliseconds for which a password need not be checked again; default 300,000. */
  readonly lifetime?: number | undefined
  /** How many credentials they are remembered of, the latest; default 10,000. */
  readonly entries?: number | undefined
  /** Milliseconds; default Date.now. */
  readonly now?: (() => number) | undefined
}

/**
 * Passwords that were right a moment ago, so that a client that opens many connections pays for one slow hash. It holds
 * no password: only HMACs, under a key of this process, of the account, its stored credential and the password together.
 * Whoever reads this process's memory can guess passwords by it, as quickly as HMACs are made.
 */
export interface VerifiedPasswords {
  /**
   * Whether the password is right: as is known, as others are just finding out, or as `verify` says. Only what is right
   * is remembered, and of one credential one way to write it: there are endless ones where a rule drops characters or a
   * hash ends early, and nobody's are to push out everybody else's.
   *
   * @param of what it is the password of: the account, and the text of its credential, so that a change is another.
   */
  check(of: readonly string[], password: string, verify: () => Promise<boolean>): Promise<boolean>
  /** Forgets all. */
  clear(): void
  readonly size: number
}

const OPTIONS = Object.keys({
  lifetime: true,
  entries: true,
  now: true,
} satisfies Record<keyof VerifiedPasswordsOptions, true>)

/**
 * Remembers passwords that were right, for a directory over a store: `directory(store, { verified })`.
 *
 * @throws RangeError for a lifetime or number of entries that is not above zero; TypeError for options that there are not.
 */
export function verifiedPasswords(options: VerifiedPasswordsOptions = {}): VerifiedPasswords {
  requireKnown(options, OPTIONS, 'verifiedPasswords')
  const { lifetime = 300_000, entries = 10_000, now = Date.now } = options
  if (!(lifetime > 0)) throw new RangeError('lifetime: milliseconds, more than none')
  if (!(Number.isSafeInteger(entries) && entries > 0))
    throw new RangeError('entries: a whole number, 1 at least')
  const key = random(32)
  const known = new Map<string, { readonly digest: Octets; readonly since: number }>()
  let working = new Map<string, Promise<boolean>>()

  const isKnown = (credential: string, digest: Octets): boolean => {
    const right = known.get(credential)
    if (!right || !sameOctets(right.digest, digest)) return false
    const age = now() - right.since
    // A clock that was set back makes nothing last longer.
    if (age >= 0 && age < lifetime) return true
    known.delete(credential)
    return false
  }

  const remember = (credential: string, digest: Octets): void => {
    known.delete(credential) // the latest stands last
    known.set(credential, { digest, since: now() })
    for (const oldest of known.keys()) {
      if (known.size <= entries) break
      known.delete(oldest)
    }
  }

  return {
    async check(of, password, verify) {
      const sha256 = await hashFunction('SHA-256')
      const digestOf = (all: readonly string[]) => sha256.hmac(key, utf8(JSON.stringify(all)))
      const credential = base64(digestOf(of))
      const digest = digestOf([...of, password])
      if (isKnown(credential, digest)) return true
      // Where another's work is aborted or fails, everybody does their own.
      const attempt = base64(digest)
      const other = working.get(attempt)
      const verdict = other && (await other.catch(() => undefined))
      if (verdict !== undefined) return verdict
      const started = working
      const work = verify()
      started.set(attempt, work)
      try {
        const right = await work
        if (right && started === working) remember(credential, digest)
        return right
      } finally {
        if (started.get(attempt) === work) started.delete(attempt)
      }
    },
    clear() {
      known.clear()
      working = new Map()
    },
    get size() {
      return known.size
    },
  }
}
