/** What other programs keep, or take, is tried with them: no store and no stored format is left out in silence. */
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { FORMAT_NAMES, STORE_NAMES } from '../commands/public-names.ts'
import { requireRows } from '../packages/saslkit/test/require-rows.ts'

/** In which test of this folder; the test names what is tried in it. */
const STORES: Readonly<Record<string, string>> = {
  htpasswd: 'htpasswd-file.test.ts',
  'passwd-file': 'passwd-file.test.ts',
}
const STORES_LEFT_OUT: Readonly<Record<string, string>> = { memory: 'no other program has its accounts' }

const TOOLS = 'stored-credentials.test.ts'
const FORMATS: Readonly<Record<string, string>> = {
  cleartext: TOOLS,
  'cram-md5': TOOLS,
  crypt: TOOLS,
  'digest-md5': TOOLS,
  django: TOOLS,
  dovecot: 'stored-credentials-dovecot.test.ts',
  ejabberd: 'stored-credentials-ejabberd.test.ts',
  gsasl: TOOLS,
  htpasswd: TOOLS,
  kafka: 'stored-credentials-dovecot.test.ts',
  ldap: 'stored-credentials-slapd.test.ts',
  passlib: TOOLS,
  phc: TOOLS,
  postgresql: 'stored-credentials-postgresql.test.ts',
  prosody: 'stored-credentials-prosody.test.ts',
  rfc5803: 'stored-credentials-dovecot.test.ts',
}
const FORMATS_LEFT_OUT: Readonly<Record<string, string>> = {
  mongodb: 'Debian has no MongoDB',
  wordpress: 'read and not made: the phpass that stored-credentials.test.ts has of passlib is the same text',
}

type Words = (name: string) => string

function requireTried(
  names: readonly string[],
  rows: Readonly<Record<string, string>>,
  leftOut: Readonly<Record<string, string>>,
  words: Words,
): void {
  requireRows(names, {
    rows: Object.keys(rows),
    rowsAt: 'a test of interop/, and that to interop/rows.test.ts',
    leftOut,
    leftOutAt: 'what is left out there',
  })
  for (const [name, file] of Object.entries(rows))
    assert.ok(
      readFileSync(new URL(file, import.meta.url), 'utf8').includes(words(name)),
      `interop/${file} does not try ${name}`,
    )
}

test('every store is tried with the program whose it is, or there is a reason', () => {
  const maker: Words = (name) => `${name.replace(/-(.)/g, (_, letter: string) => letter.toUpperCase())}Store(`
  requireTried(STORE_NAMES, STORES, STORES_LEFT_OUT, maker)
})

test('every stored format is tried with a program that has it, or there is a reason', () => {
  requireTried(FORMAT_NAMES, FORMATS, FORMATS_LEFT_OUT, (name) => `'${name}'`)
})
