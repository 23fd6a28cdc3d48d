import type { Octets } from '../../octets.js'

/** Argon2 (RFC 9106). */
export interface Argon2Parameters {
  readonly kind: 'argon2d' | 'argon2i' | 'argon2id'
  /** 0x10 was before the RFC. */
  readonly version: 0x10 | 0x13
  /** KiB. */
  readonly memory: number
  readonly passes: number
  readonly lanes: number
  /** Octets that come out. */
  readonly size: number
}

/** scrypt (RFC 7914). */
export interface ScryptParameters {
  /** A power of 2. */
  readonly N: number
  readonly r: number
  readonly p: number
  /** Octets that come out. */
  readonly size: number
}

/**
 * The functions that need a package or the runtime's own. Each runs at once when it is called; callers bound them.
 *
 * They throw StoredCredentialError `unavailable`, which names the package to install.
 */
export interface SlowHashes {
  argon2(password: Octets, salt: Octets, parameters: Argon2Parameters): Promise<Octets>
  scrypt(password: Octets, salt: Octets, parameters: ScryptParameters): Promise<Octets>
  /**
   * @param salt 22 characters in bcrypt's own base64.
   * @returns the last 31 characters of the text form. Octets of the password after the 72nd do not count.
   */
  bcrypt(password: string, cost: number, salt: string): Promise<string>
}
