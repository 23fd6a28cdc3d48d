/**
 * Prosody's record of an account (mod_auth_internal_hashed): a Lua file, or its fields as JSON. Keys are hexadecimal; the
 * salt is a string, used as it is. The hash is in the server's configuration, not in the record: the keys' length tells.
 */

import { random } from '#crypto'
import type { ScramHash } from '../../../directory.js'
import { base64, hex, type Octets, utf8 } from '../../../octets.js'
import type { Credential } from '../../credential.js'
import { unhex } from '../../encodings/unhex.js'
import { type Reading, refusals, type Scheme } from '../scheme.js'
import { jsonFields, numberIn, stringIn } from './json-fields.js'
import { luaTable } from './lua-table.js'
import { scramCredential, wholeKeys } from './scram-credential.js'
import type { ScramWriter } from './scram-writer.js'

const NAME = 'SCRAM (Prosody)'

const HASHES: ReadonlyMap<number | undefined, ScramHash> = new Map([
  [20, 'SHA-1'],
  [32, 'SHA-256'],
])

interface Fields {
  readonly storedKey: string | undefined
  readonly serverKey: string | undefined
  readonly salt: Octets | undefined
  readonly iterations: string | undefined
}

function credential(fields: Fields, reading: Reading): Credential {
  const refused = refusals(NAME)
  const storedKey = unhex(fields.storedKey ?? '')
  const hash = HASHES.get(storedKey?.length)
  if (!hash) throw refused.malformed('no stored_key of 20 or 32 octets in hexadecimal')
  const raw = {
    iterations: fields.iterations,
    salt: fields.salt,
    storedKey,
    serverKey: unhex(fields.serverKey ?? ''),
  }
  return scramCredential('prosody', 'unknown', new Map([[hash, wholeKeys(hash, raw, reading, refused)]]))
}

export const prosodyFile: Scheme = {
  name: NAME,
  formats: ['prosody'],
  shape: /^\s*return\s*\{/,
  parse(text, reading) {
    const table = luaTable(text)
    if (!table) throw refusals(NAME).malformed('not a Lua table of strings and numbers')
    const octets = (name: string) => {
      const value = table.get(name)
      return value instanceof Uint8Array ? value : undefined
    }
    const ascii = (name: string) => {
      const value = octets(name)
      return value && String.fromCharCode(...value)
    }
    const iterations = table.get('iteration_count')
    return credential(
      {
        storedKey: ascii('stored_key'),
        serverKey: ascii('server_key'),
        salt: octets('salt'),
        iterations: typeof iterations === 'number' ? String(iterations) : undefined,
      },
      reading,
    )
  },
}

export const prosodyJson: Scheme = {
  name: NAME,
  formats: ['prosody'],
  shape: /^\s*\{(?=[^}]*"iteration_count"\s*:)/,
  parse(text, reading) {
    const fields = jsonFields(text)
    if (!fields) throw refusals(NAME).malformed('not JSON')
    const salt = stringIn(fields, 'salt')
    if (salt !== undefined && !salt.isWellFormed()) throw refusals(NAME).malformed('a salt that is not UTF-8')
    return credential(
      {
        storedKey: stringIn(fields, 'stored_key'),
        serverKey: stringIn(fields, 'server_key'),
        salt: salt === undefined ? undefined : utf8(salt),
        iterations: numberIn(fields, 'iteration_count'),
      },
      reading,
    )
  },
}

const luaString = (octets: Octets): string =>
  Array.from(octets, (octet) => {
    const character = String.fromCharCode(octet)
    return /[ !#-[\]-~]/.test(character) ? character : `\\${String(octet).padStart(3, '0')}`
  }).join('')

export const prosodyWriter: ScramWriter = {
  format: 'prosody',
  hashes: ['SHA-1', 'SHA-256'],
  preparation: 'saslprep',
  newSalt: () => utf8(base64(random(18))),
  write: ({ keys: { iterations, salt, storedKey, serverKey } }) =>
    `return {
\t["iteration_count"] = ${iterations};
\t["salt"] = "${luaString(salt)}";
\t["server_key"] = "${hex(serverKey)}";
\t["stored_key"] = "${hex(storedKey)}";
};
`,
}
