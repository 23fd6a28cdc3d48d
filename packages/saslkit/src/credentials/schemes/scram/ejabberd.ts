/**
 * ejabberd's record, as its Mnesia tables hold it: `{scram,<<"StoredKey">>,<<"ServerKey">>,<<"salt">>,sha256,4096}`; in older
 * releases without the hash, SHA-1. And the row of its SQL table "users", as JSON, where the hash is the type, or stands
 * before the StoredKey.
 */
import type { ScramHash } from '../../../directory.js'
import { base64 } from '../../../octets.js'
import type { Credential } from '../../credential.js'
import { type Reading, refusals, type Scheme } from '../scheme.js'
import { jsonFields, numberIn, stringIn } from './json-fields.js'
import { type EncodedKeys, keysInBase64, scramCredential, wholeKeys } from './scram-credential.js'
import type { ScramWriter } from './scram-writer.js'

/** Whose keys they are, by the atom. Older releases name none, for they have SHA-1 alone. */
const hashNamed = (atom: string | undefined): ScramHash =>
  atom === 'sha512' ? 'SHA-512' : atom === 'sha256' ? 'SHA-256' : 'SHA-1'

/** `type` in the table: 0 is from before there were types. */
const TYPES: ReadonlyMap<string, ScramHash | undefined> = new Map([
  ['0', undefined],
  ['2', 'SHA-1'],
  ['3', 'SHA-256'],
  ['4', 'SHA-512'],
])

const BINARY = /<<"([A-Za-z0-9+/=]*)">>/.source
const RECORD = new RegExp(
  `^\\{scram,\\s*${BINARY},\\s*${BINARY},\\s*${BINARY},(?:\\s*(sha|sha256|sha512),)?\\s*([0-9]+)\\}$`,
)

const NAME = 'SCRAM (ejabberd)'

const credential = (hash: ScramHash, encoded: EncodedKeys, reading: Reading): Credential =>
  scramCredential(
    'ejabberd',
    'saslprep',
    new Map([[hash, wholeKeys(hash, keysInBase64(encoded), reading, refusals(NAME))]]),
  )

export const ejabberdRecord: Scheme = {
  name: NAME,
  formats: ['ejabberd'],
  shape: /^\{scram,/,
  parse(text, reading) {
    const fields = RECORD.exec(text)
    if (!fields) throw refusals(NAME).malformed('not {scram,StoredKey,ServerKey,Salt,Hash,Iterations}')
    const [, storedKey, serverKey, salt, hash, iterations] = fields
    return credential(hashNamed(hash), { iterations, salt, storedKey, serverKey }, reading)
  },
}

export const ejabberdRow: Scheme = {
  name: NAME,
  formats: ['ejabberd'],
  shape: /^\s*\{(?=[^}]*"iterationcount"\s*:)/,
  parse(text, reading) {
    const refused = refusals(NAME)
    const row = jsonFields(text)
    if (!row) throw refused.malformed('not JSON')
    const type = numberIn(row, 'type') ?? '0'
    if (!TYPES.has(type)) throw refused.unsupported('a type of row without SCRAM keys')
    const [, prefix, storedKey] = /^(?:(sha256|sha512):)?(.*)$/.exec(stringIn(row, 'password') ?? '') ?? []
    return credential(
      TYPES.get(type) ?? hashNamed(prefix),
      {
        iterations: numberIn(row, 'iterationcount'),
        salt: stringIn(row, 'salt'),
        storedKey,
        serverKey: stringIn(row, 'serverkey'),
      },
      reading,
    )
  },
}

const ATOMS: ReadonlyMap<ScramHash, string> = new Map([
  ['SHA-1', 'sha'],
  ['SHA-256', 'sha256'],
  ['SHA-512', 'sha512'],
])

export const ejabberdWriter: ScramWriter = {
  hashes: [...ATOMS.keys()],
  preparation: 'saslprep',
  write: ({ hash, keys: { iterations, salt, storedKey, serverKey } }) =>
    `{scram,${[storedKey, serverKey, salt].map((octets) => `<<"${base64(octets)}">>`)},${ATOMS.get(hash)},${iterations}}`,
}
