import { createHash, createHmac, pbkdf2Sync } from 'node:crypto'
import { makeScramCredentials, type ScramCredentials, type ScramHash } from 'saslkit'

const octets = (buffer: Buffer): Uint8Array<ArrayBuffer> => new Uint8Array(buffer)

/** What a server keeps. The library makes none of under 4,096 iterations (RFC 7677 section 4); those are made here. */
export async function scramKeys(
  hash: ScramHash,
  password: string,
  salt: Uint8Array<ArrayBuffer>,
  iterations: number,
): Promise<ScramCredentials> {
  if (iterations >= 4096) return makeScramCredentials(hash, password, { salt, iterations })
  const algorithm = hash.replace('SHA-', 'sha')
  const length = createHash(algorithm).digest().length
  const salted = pbkdf2Sync(password, salt, iterations, length, algorithm)
  const clientKey = createHmac(algorithm, salted).update('Client Key').digest()
  return {
    salt,
    iterations,
    storedKey: octets(createHash(algorithm).update(clientKey).digest()),
    serverKey: octets(createHmac(algorithm, salted).update('Server Key').digest()),
  }
}
