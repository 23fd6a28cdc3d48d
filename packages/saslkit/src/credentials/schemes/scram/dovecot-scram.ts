/**
 * Dovecot's `{SCRAM-SHA-256}iterations,salt,StoredKey,ServerKey`. GNU SASL's `gsasl --mkpasswd` writes the same, and
 * with --verbose the salted password behind it, in hexadecimal.
 */

import type { ScramHash } from '../../../directory.js'
import { base64 } from '../../../octets.js'
import type { Credential } from '../../credential.js'
import { unhex } from '../../encodings/unhex.js'
import { ofLength } from '../bounds.js'
import { type Reading, refusals } from '../scheme.js'
import { keysInBase64, SCRAM_SIZES, scramCredential, wholeKeys } from './scram-credential.js'
import type { ScramEntry, ScramWriter } from './scram-writer.js'

/** @param text what follows the name in braces. */
export function parseDovecotScram(hash: ScramHash, text: string, reading: Reading): Credential {
  const refused = refusals(`SCRAM-${hash}`)
  const fields = text.split(',')
  if (fields.length !== 4 && fields.length !== 5)
    throw refused.malformed('not iterations,salt,StoredKey,ServerKey')
  const [iterations, salt, storedKey, serverKey, salted] = fields
  const raw = keysInBase64({ iterations, salt, storedKey, serverKey })
  const keys = new Map([[hash, wholeKeys(hash, raw, reading, refused)]])
  const gsasl = reading.hint === 'gsasl' || salted !== undefined
  const credential = gsasl
    ? scramCredential('gsasl', 'saslprep', keys)
    : scramCredential('dovecot', reading.hint === 'dovecot' ? 'none' : 'unknown', keys)
  if (salted === undefined) return credential
  const saltedPassword = ofLength(unhex(salted), SCRAM_SIZES[hash], 'salted password', refused)
  return { ...credential, scram: { ...credential.scram!, saltedPassword: () => saltedPassword } }
}

const write = ({ hash, keys: { iterations, salt, storedKey, serverKey } }: ScramEntry): string =>
  `{SCRAM-${hash}}${iterations},${base64(salt)},${base64(storedKey)},${base64(serverKey)}`

export const dovecotScramWriter: ScramWriter = {
  hashes: ['SHA-1', 'SHA-256'],
  preparation: 'none',
  write,
}

export const gsaslWriter: ScramWriter = {
  hashes: ['SHA-1', 'SHA-256'],
  preparation: 'saslprep',
  write,
}
