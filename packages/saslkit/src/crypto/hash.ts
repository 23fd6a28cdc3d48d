import type { Octets } from '../octets.js'

/** MD5 is here for CRAM-MD5 and DIGEST-MD5 alone; the others make the SCRAM family. */
export type HashName = 'MD5' | 'SHA-1' | 'SHA-224' | 'SHA-256' | 'SHA-384' | 'SHA-512' | 'SHA3-512'

/** One hash function with what is built on it. All but PBKDF2 answer at once. */
export interface HashFunction {
  readonly name: HashName
  /** Octets of a digest. */
  readonly size: number
  digest(data: Uint8Array): Octets
  /** RFC 2104. Any key length, none included. Text, which must be well-formed, stands for its UTF-8. */
  hmac(key: Uint8Array, data: Uint8Array | string): Octets
  /**
   * RFC 8018 section 5.2; `size` octets come out. Never holds up the event loop. Queued behind others where all
   * slots are taken.
   *
   * @throws `signal.reason` when aborted, queued or at work; SaslError `temporary` when the queue is full,
   *   `unacceptable` where the runtime refuses so many iterations.
   */
  pbkdf2(password: Uint8Array, salt: Uint8Array, iterations: number, signal?: AbortSignal): Promise<Octets>
}
