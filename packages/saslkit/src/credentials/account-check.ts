import { hashFunction, random, sameOctets } from '#crypto'
import type { Awaitable } from '../awaitable.js'
import type { ScramCredentials, ScramHash } from '../directory.js'
import { deriveCredentials } from '../mechanisms/scram/keys.js'
import { hex, type Octets, utf8 } from '../octets.js'
import { sameSecret } from './same-secret.js'

/** A password stretched with PBKDF2 (RFC 8018): as many octets of key as the hash has. */
export interface Pbkdf2Credentials {
  /** Of the HMAC. */
  readonly hash: ScramHash
  /** Any number of octets. */
  readonly salt: Uint8Array
  /** 1 at least. */
  readonly iterations: number
  /** What came out, as many octets as the hash has. */
  readonly key: Uint8Array
}

/** How an account of a memory directory checks passwords. */
export interface AccountCheck {
  /** Of the SCRAM keys that it goes by, if it goes by any. */
  readonly hash?: ScramHash
  /** What costs the same has the same. */
  readonly kind: string
  fits(password: Octets, signal: AbortSignal | undefined): Awaitable<boolean>
}

/** What passwords can be checked by. */
interface Checkable {
  readonly password?: string | undefined
  readonly pbkdf2?: Pbkdf2Credentials | undefined
  readonly scram?: Partial<Readonly<Record<ScramHash, ScramCredentials>>> | undefined
}

/** By the cheapest credentials that the account holds. Undefined: by none can a password be checked. */
export function accountCheck({ password, ...stretched }: Checkable): AccountCheck | undefined {
  return password === undefined ? stretchedCheck(stretched) : cleartextCheck(password)
}

/** For names that nobody has: the same work as this account's. What comes out means nothing. */
export function checkLike({ password, ...stretched }: Checkable): AccountCheck {
  // As long as many are: the length of a real one must not show.
  return (password === undefined && stretchedCheck(stretched)) || cleartextCheck(hex(random(6)))
}

const cleartextCheck = (password: string): AccountCheck => ({
  kind: 'cleartext',
  fits: (presented) => sameSecret(presented, utf8(password)),
})

function stretchedCheck({ pbkdf2, scram = {} }: Checkable): AccountCheck | undefined {
  if (pbkdf2) {
    const { salt, iterations, key } = pbkdf2
    return {
      kind: `${pbkdf2.hash} ${iterations}`,
      async fits(password, signal) {
        const hash = await hashFunction(pbkdf2.hash)
        return sameOctets(await hash.pbkdf2(password, salt, iterations, signal), key)
      },
    }
  }
  for (const hash of Object.keys(scram) as ScramHash[]) {
    const { salt, iterations, storedKey } = scram[hash]!
    return {
      hash,
      kind: `SCRAM-${hash} ${iterations}`,
      async fits(password, signal) {
        const made = await deriveCredentials(await hashFunction(hash), password, salt, iterations, signal)
        return sameOctets(made.storedKey, storedKey)
      },
    }
  }
  return undefined
}
