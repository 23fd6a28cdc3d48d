import { type Awaitable, andThen } from '../awaitable.js'
import type { ScramCredentials, ScramHash, Secret } from '../directory.js'
import type { Octets } from '../octets.js'
import { showFields } from '../show-fields.js'
import type { Credential, CredentialFormat, CredentialPreparation, Service, Strength } from './credential.js'

let open: (stored: StoredCredential) => Credential

/**
 * What is inside, for verifying and converting.
 *
 * @throws TypeError for what is none: most often its text.
 */
export const credentialOf = (stored: StoredCredential): Credential => open(stored)

/**
 * What a server keeps for an account, read by `parseStoredCredential` or made by `makeStoredCredential`. It is a secret:
 * inspected, logged or turned to JSON it shows what it is and nothing of its salt or keys. `text` alone has all of it.
 */
export class StoredCredential {
  /** The algorithm: "SCRAM-SHA-256", "argon2id", "sha512-crypt". Several SCRAM hashes in one: "SCRAM". */
  readonly scheme: string
  /** Whose way of writing it is. */
  readonly format: CredentialFormat
  /** How hard it is to get the password from it. */
  readonly strength: Strength
  /** What can be answered with it. */
  readonly serves: readonly Service[]
  /** How the password had been prepared, as far as that is known. */
  readonly preparation: CredentialPreparation
  /** Costs and lengths: `iterations`, `memory` … */
  readonly parameters: Readonly<Record<string, number | string>>
  /** How many octets of a password count: 72 for bcrypt, 8 for DES. Undefined: all. */
  readonly significantOctets: number | undefined
  readonly #credential: Credential
  readonly #text: string

  static {
    open = (stored) => {
      if (typeof stored !== 'object' || stored === null || !(#credential in stored))
        throw new TypeError('pass a stored credential: what parseStoredCredential(text) returns')
      return stored.#credential
    }
    showFields(StoredCredential)
  }

  constructor(text: string, credential: Credential) {
    this.scheme = credential.scheme
    this.format = credential.format
    this.strength = credential.strength
    this.serves = credential.serves
    this.preparation = credential.preparation
    this.parameters = credential.parameters
    this.significantOctets = credential.significantOctets
    this.#credential = credential
    this.#text = text
  }

  /** As it was read, byte for byte. */
  get text(): string {
    return this.#text
  }

  /** For a SCRAM exchange. Undefined: it has no keys for this hash. What is handed out is a copy. */
  scramCredentials(hash: ScramHash): Awaitable<ScramCredentials<Octets>> | undefined {
    const keys = this.#credential.scram?.keys(hash)
    return (
      keys &&
      andThen(keys, ({ salt, iterations, storedKey, serverKey }) => ({
        salt: salt.slice(),
        iterations,
        storedKey: storedKey.slice(),
        serverKey: serverKey.slice(),
      }))
    )
  }

  /** For CRAM-MD5: the password, or a copy of the HMAC state. Undefined: neither is there. */
  get secret(): Secret<Octets> | undefined {
    const { secret } = this.#credential
    if (secret && 'hmacMd5State' in secret) return { hmacMd5State: secret.hmacMd5State.slice() }
    return secret && { ...secret }
  }

  /** For DIGEST-MD5: H(username:realm:password), 16 octets, a copy. */
  get ha1(): Octets | undefined {
    return this.#credential.ha1?.slice()
  }
}
