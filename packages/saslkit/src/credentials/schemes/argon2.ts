/** Argon2 (RFC 9106) in the PHC string format: `$argon2id$v=19$m=19456,t=2,p=1$salt$hash`. */
import { derivations, random } from '#crypto'
import { argon2 } from '#slow-hashes'
import type { Octets } from '../../octets.js'
import type { Credential, CredentialFormat } from '../credential.js'
import { fromUnpadded, unpadded } from '../encodings/unpadded-base64.js'
import type { Argon2Parameters } from '../slow-hashes/slow-hash.js'
import { strengthOfMemory } from '../strength.js'
import { bounded, boundedHash, boundedSalt } from './bounds.js'
import { hashedPassword } from './hashed-password.js'
import { type Reading, refusals, type Scheme } from './scheme.js'

const FORM =
  /^\$(argon2id|argon2i|argon2d)\$(?:v=([0-9]+)\$)?m=([0-9]+),t=([0-9]+),p=([0-9]+)(,[^$]*)?\$([A-Za-z0-9+/]+)\$([A-Za-z0-9+/]+)$/

export function parseArgon2(text: string, { limits }: Reading, format: CredentialFormat): Credential {
  const refused = refusals('Argon2')
  const fields = FORM.exec(text)
  if (!fields) throw refused.malformed('not $argon2id$v=19$m=…,t=…,p=…$salt$hash')
  const [, kind, version = '16', m, t, p, more, encodedSalt, encodedHash] = fields
  if (more) throw refused.unsupported('keys and associated data')
  if (version !== '19' && version !== '16') throw refused.unsupported('a version that is neither 16 nor 19')
  const lanes = bounded(p, 'p', 1, 255, refused)
  const memory = bounded(m, 'm', 8 * lanes, limits.argon2Memory, refused)
  const passes = bounded(t, 't', 1, Math.floor(limits.argon2Work / memory), refused)
  const salt = boundedSalt(fromUnpadded(encodedSalt!), limits, refused, 8)
  const kept = boundedHash(fromUnpadded(encodedHash!), refused)
  const parameters: Argon2Parameters = {
    kind: kind as Argon2Parameters['kind'],
    version: version === '19' ? 0x13 : 0x10,
    memory,
    passes,
    lanes,
    size: kept.length,
  }
  return hashedPassword({
    scheme: parameters.kind,
    format,
    strength: strengthOfMemory(memory * 1024),
    parameters: {
      version: parameters.version,
      memory,
      passes,
      lanes,
      saltLength: salt.length,
      size: kept.length,
    },
    kept,
    hash: (password) => argon2(password, salt, parameters),
  })
}

export const argon2Phc: Scheme = {
  name: 'Argon2',
  formats: ['phc', 'passlib'],
  shape: /^\$argon2/,
  parse: (text, reading) => parseArgon2(text, reading, reading.hint ?? 'phc'),
}

export interface Argon2Cost {
  /** KiB; default 19,456 (OWASP). */
  readonly memory?: number | undefined
  /** Default 2. */
  readonly passes?: number | undefined
  /** Default 1. */
  readonly lanes?: number | undefined
}

export async function makeArgon2(
  kind: Argon2Parameters['kind'],
  password: Octets,
  { memory = 19_456, passes = 2, lanes = 1 }: Argon2Cost,
  salt: Octets = random(16),
  signal?: AbortSignal,
): Promise<string> {
  const parameters: Argon2Parameters = { kind, version: 0x13, memory, passes, lanes, size: 32 }
  const hash = await derivations.run(() => argon2(password, salt, parameters), signal)
  return `$${kind}$v=19$m=${memory},t=${passes},p=${lanes}$${unpadded(salt)}$${unpadded(hash)}`
}
