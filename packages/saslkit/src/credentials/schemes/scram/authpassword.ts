/**
 * RFC 5803, the value of an LDAP authPassword attribute, and PostgreSQL's pg_authid.rolpassword, which took it over:
 * `SCRAM-SHA-256$65536:salt$StoredKey:ServerKey`. Between its fields RFC 3112 section 3 allows spaces.
 */

import { isScramHash, SCRAM_HASHES } from '../../../mechanisms/scram/hashes.js'
import { base64 } from '../../../octets.js'
import { refusals, type Scheme } from '../scheme.js'
import { keysInBase64, scramCredential, wholeKeys } from './scram-credential.js'
import type { ScramEntry, ScramWriter } from './scram-writer.js'

const FORM =
  /^ *SCRAM-([A-Z0-9-]+) *\$ *([0-9]+):([A-Za-z0-9+/=]*) *\$ *([A-Za-z0-9+/=]*):([A-Za-z0-9+/=]*) *$/

export const authPassword: Scheme = {
  name: 'SCRAM (RFC 5803, PostgreSQL)',
  formats: ['postgresql', 'rfc5803'],
  shape: /^ *SCRAM-/,
  parse(text, reading) {
    const refused = refusals(this.name)
    const fields = FORM.exec(text)
    if (!fields) throw refused.malformed('not SCRAM-HASH$iterations:salt$StoredKey:ServerKey')
    const [, hash, iterations, salt, storedKey, serverKey] = fields as unknown as string[]
    if (!isScramHash(hash!)) throw refused.unsupported('no hash of the SCRAM family')
    const raw = keysInBase64({ iterations, salt, storedKey, serverKey })
    const keys = new Map([[hash, wholeKeys(hash, raw, reading, refused)]])
    const postgresql =
      reading.hint === 'postgresql' || (!reading.hint && hash === 'SHA-256' && !text.includes(' '))
    // RFC 5803 has SASLprep done; Cyrus SASL, which reads it, does not do it.
    return postgresql
      ? scramCredential('postgresql', 'postgresql', keys)
      : scramCredential('rfc5803', 'unknown', keys)
  },
}

const write = ({ hash, keys: { iterations, salt, storedKey, serverKey } }: ScramEntry): string =>
  `SCRAM-${hash}$${iterations}:${base64(salt)}$${base64(storedKey)}:${base64(serverKey)}`

export const postgresqlWriter: ScramWriter = {
  hashes: ['SHA-256'],
  preparation: 'postgresql',
  write,
}

export const rfc5803Writer: ScramWriter = {
  hashes: SCRAM_HASHES,
  preparation: 'saslprep',
  write,
}
