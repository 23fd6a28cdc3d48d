/** scrypt (RFC 7914) in the PHC string format, as passlib and others write it: `$scrypt$ln=17,r=8,p=1$salt$hash`. */
import { derivations, random } from '#crypto'
import { scrypt } from '#slow-hashes'
import type { Octets } from '../../octets.js'
import { fromUnpadded, unpadded } from '../encodings/unpadded-base64.js'
import { strengthOfMemory } from '../strength.js'
import { bounded, boundedHash, boundedP, boundedR, boundedSalt } from './bounds.js'
import { hashedPassword } from './hashed-password.js'
import { refusals, type Scheme } from './scheme.js'

const FORM = /^\$scrypt\$ln=([0-9]+),r=([0-9]+),p=([0-9]+)\$([A-Za-z0-9+/]+)\$([A-Za-z0-9+/]+)$/

export const scryptPhc: Scheme = {
  name: 'scrypt',
  formats: ['phc', 'passlib'],
  shape: /^\$scrypt\$/,
  parse(text, { limits, hint }) {
    const refused = refusals(this.name)
    const fields = FORM.exec(text)
    if (!fields) throw refused.malformed('not $scrypt$ln=…,r=…,p=…$salt$hash')
    const [, log, blocks, times, encodedSalt, encodedHash] = fields
    const N = 2 ** bounded(log, 'ln', 1, 31, refused)
    const r = boundedR(blocks, N, limits.scryptMemory, limits, refused)
    const memory = 128 * N * r
    const p = boundedP(times, r, limits.scryptWork / memory, limits, refused)
    const salt = boundedSalt(fromUnpadded(encodedSalt!), limits, refused)
    const kept = boundedHash(fromUnpadded(encodedHash!), refused)
    return hashedPassword({
      scheme: 'scrypt',
      format: hint ?? 'phc',
      strength: strengthOfMemory(memory),
      parameters: { N, r, p, saltLength: salt.length, size: kept.length },
      kept,
      hash: (password) => scrypt(password, salt, { N, r, p, size: kept.length }),
    })
  },
}

export interface ScryptCost {
  /** A power of 2; default 131,072 (OWASP). */
  readonly N?: number | undefined
  /** Default 8. */
  readonly r?: number | undefined
  /** Default 1. */
  readonly p?: number | undefined
}

export async function makeScrypt(
  password: Octets,
  { N = 131_072, r = 8, p = 1 }: ScryptCost,
  salt: Octets = random(16),
  signal?: AbortSignal,
): Promise<string> {
  const hash = await derivations.run(() => scrypt(password, salt, { N, r, p, size: 32 }), signal)
  return `$scrypt$ln=${Math.log2(N)},r=${r},p=${p}$${unpadded(salt)}$${unpadded(hash)}`
}
