/**
 * Apache Kafka's `salt=…,stored_key=…,server_key=…,iterations=…` (ScramCredentialUtils). The hash is not in it: keys of
 * 64 octets are SHA-512's. Kafka does not prepare passwords.
 */
import { base64 } from '../../../octets.js'
import { refusals, type Scheme } from '../scheme.js'
import { keysInBase64, scramCredential, wholeKeys } from './scram-credential.js'
import type { ScramWriter } from './scram-writer.js'

const NAMES: readonly string[] = ['salt', 'stored_key', 'server_key', 'iterations']

export const kafka: Scheme = {
  name: 'SCRAM (Kafka)',
  formats: ['kafka'],
  shape: /^(?:salt|stored_key|server_key|iterations)=/,
  parse(text, reading) {
    const refused = refusals(this.name)
    const values = new Map<string, string>()
    for (const field of text.split(',')) {
      const at = field.indexOf('=')
      const name = field.slice(0, at)
      if (!NAMES.includes(name) || values.has(name))
        throw refused.malformed('a field that is none of the four')
      values.set(name, field.slice(at + 1))
    }
    const raw = keysInBase64({
      iterations: values.get('iterations'),
      salt: values.get('salt'),
      storedKey: values.get('stored_key'),
      serverKey: values.get('server_key'),
    })
    const hash = raw.storedKey?.length === 64 ? 'SHA-512' : 'SHA-256'
    return scramCredential('kafka', 'none', new Map([[hash, wholeKeys(hash, raw, reading, refused)]]))
  },
}

export const kafkaWriter: ScramWriter = {
  hashes: ['SHA-256', 'SHA-512'],
  preparation: 'none',
  iterations: [4096, 16_384],
  write: ({ keys: { iterations, salt, storedKey, serverKey } }) =>
    `salt=${base64(salt)},stored_key=${base64(storedKey)},server_key=${base64(serverKey)},iterations=${iterations}`,
}
