/**
 * Prosody's record of an account (mod_auth_internal_hashed): a Lua file, or its fields as JSON. Keys are hexadecimal; the
 * salt is a string, used as it is. The hash is in the server's configuration, not in the record: the keys' length tells.
 */

import { random } from '#crypto'
import { base64, hex, type Octets, utf8 } from '../../../octets.js'
import type { Credential } from '../../credential.js'
import { unhex } from '../../encodings/unhex.js'
import { type Reading, refusals, type Scheme } from '../scheme.js'
import { jsonFields, numberIn, stringIn } from './json-fields.js'
import { luaTable } from './lua-table.js'
import { type RawKeys, scramCredential, wholeKeys } from './scram-credential.js'
import type { ScramWriter } from './scram-writer.js'

const NAME = 'SCRAM (Prosody)'

function credential(raw: RawKeys, reading: Reading): Credential {
  const hash = raw.storedKey?.length === 20 ? 'SHA-1' : 'SHA-256'
  return scramCredential(
    'prosody',
    'unknown',
    new Map([[hash, wholeKeys(hash, raw, reading, refusals(NAME))]]),
  )
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
    const key = (name: string) => {
      const value = octets(name)
      return value && unhex(String.fromCharCode(...value))
    }
    const iterations = table.get('iteration_count')
    return credential(
      {
        storedKey: key('stored_key'),
        serverKey: key('server_key'),
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
    if (salt?.isWellFormed() === false) throw refusals(NAME).malformed('a salt that is not UTF-8')
    const key = (name: string) => {
      const value = stringIn(fields, name)
      return value === undefined ? undefined : unhex(value)
    }
    return credential(
      {
        storedKey: key('stored_key'),
        serverKey: key('server_key'),
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
