/**
 * ejabberd's record, as its Mnesia tables hold it: `{scram,<<"StoredKey">>,<<"ServerKey">>,<<"salt">>,sha256,4096}`; in older
 * releases without the hash, SHA-1. And the row of its SQL table "users", as JSON, where the hash is the type, or stands
 * before the StoredKey.
 */
import type { ScramHash } from '../../../directory.js'
import { base64, fromBase64 } from '../../../octets.js'
import type { Credential } from '../../credential.js'
import { type Reading, refusals, type Scheme } from '../scheme.js'
import { jsonFields, numberIn, stringIn } from './json-fields.js'
import { scramCredential, wholeKeys } from './scram-credential.js'
import { newSalt, type ScramWriter } from './scram-writer.js'

const HASHES: ReadonlyMap<string | undefined, ScramHash> = new Map([
  [undefined, 'SHA-1'],
  ['sha', 'SHA-1'],
  ['sha256', 'SHA-256'],
  ['sha512', 'SHA-512'],
])

/** `type` in the table: 0 is from before there were types. */
const TYPES: ReadonlyMap<string | undefined, string | undefined> = new Map([
  [undefined, undefined],
  ['0', undefined],
  ['2', 'sha'],
  ['3', 'sha256'],
  ['4', 'sha512'],
])

const BINARY = /<<"([A-Za-z0-9+/=]*)">>/.source
const RECORD = new RegExp(
  `^\\{scram,\\s*${BINARY},\\s*${BINARY},\\s*${BINARY},(?:\\s*(sha|sha256|sha512),)?\\s*([0-9]+)\\}$`,
)

const NAME = 'SCRAM (ejabberd)'

function credential(
  hash: string | undefined,
  iterations: string | undefined,
  encoded: readonly (string | undefined)[],
  reading: Reading,
): Credential {
  const refused = refusals(NAME)
  const known = HASHES.get(hash)
  if (!known) throw refused.unsupported('a hash that ejabberd has not')
  const [storedKey, serverKey, salt] = encoded.map((text) =>
    text === undefined ? undefined : fromBase64(text),
  )
  const keys = wholeKeys(known, { iterations, salt, storedKey, serverKey }, reading, refused)
  return scramCredential('ejabberd', 'saslprep', new Map([[known, keys]]))
}

export const ejabberdRecord: Scheme = {
  name: NAME,
  formats: ['ejabberd'],
  shape: /^\{scram,/,
  parse(text, reading) {
    const fields = RECORD.exec(text)
    if (!fields) throw refusals(NAME).malformed('not {scram,StoredKey,ServerKey,Salt,Hash,Iterations}')
    const [, storedKey, serverKey, salt, hash, iterations] = fields
    return credential(hash, iterations, [storedKey, serverKey, salt], reading)
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
    const type = numberIn(row, 'type')
    if (!TYPES.has(type)) throw refused.unsupported('a type of row without SCRAM keys')
    const [, prefix, storedKey] = /^(?:(sha256|sha512):)?(.*)$/.exec(stringIn(row, 'password') ?? '') ?? []
    return credential(
      TYPES.get(type) ?? prefix,
      numberIn(row, 'iterationcount'),
      [storedKey, stringIn(row, 'serverkey'), stringIn(row, 'salt')],
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
  format: 'ejabberd',
  hashes: [...ATOMS.keys()],
  preparation: 'saslprep',
  newSalt,
  write: ({ hash, keys: { iterations, salt, storedKey, serverKey } }) =>
    `{scram,${[storedKey, serverKey, salt].map((octets) => `<<"${base64(octets)}">>`)},${ATOMS.get(hash)},${iterations}}`,
}
