/**
 * MongoDB's credentials document, `{"SCRAM-SHA-1": {iterationCount, salt, storedKey, serverKey}, "SCRAM-SHA-256": …}`, or
 * the whole document of system.users that holds it. The SHA-1 keys are of a digest of name and password
 * (strings/mongodb-digest.ts): they serve MongoDB's own clients alone.
 */
import type { ScramCredentials, ScramHash } from '../../../directory.js'
import type { Octets } from '../../../octets.js'
import { base64 } from '../../../octets.js'
import { refusals, type Scheme } from '../scheme.js'
import { fieldsOf, jsonFields, numberIn, stringIn } from './json-fields.js'
import { keysInBase64, scramCredential, wholeKeys } from './scram-credential.js'
import type { ScramWriter } from './scram-writer.js'

const HASHES: readonly ScramHash[] = ['SHA-1', 'SHA-256']

export const mongodb: Scheme = {
  name: 'SCRAM (MongoDB)',
  formats: ['mongodb'],
  shape: /^\s*\{\s*"(?:SCRAM-SHA-|_id"|userId"|user"|db"|credentials")/,
  parse(text, reading) {
    const refused = refusals(this.name)
    const document = jsonFields(text)
    const credentials = document && (fieldsOf(document.get('credentials')) ?? document)
    if (!credentials) throw refused.malformed('not JSON')
    const keys = new Map<ScramHash, ScramCredentials<Octets>>()
    for (const hash of HASHES) {
      if (!credentials.has(`SCRAM-${hash}`)) continue
      const fields = fieldsOf(credentials.get(`SCRAM-${hash}`))
      if (!fields) throw refused.malformed(`SCRAM-${hash} is no document`)
      const raw = keysInBase64({
        iterations: numberIn(fields, 'iterationCount'),
        salt: stringIn(fields, 'salt'),
        storedKey: stringIn(fields, 'storedKey'),
        serverKey: stringIn(fields, 'serverKey'),
      })
      keys.set(hash, wholeKeys(hash, raw, reading, refused))
    }
    if (!keys.size) throw refused.malformed('neither SCRAM-SHA-1 nor SCRAM-SHA-256')
    return scramCredential('mongodb', 'mongodb', keys)
  },
}

export const mongodbWriter: ScramWriter = {
  hashes: HASHES,
  preparation: 'mongodb',
  write: ({ hash, keys: { iterations, salt, storedKey, serverKey } }) =>
    JSON.stringify({
      [`SCRAM-${hash}`]: {
        iterationCount: iterations,
        salt: base64(salt),
        storedKey: base64(storedKey),
        serverKey: base64(serverKey),
      },
    }),
}
