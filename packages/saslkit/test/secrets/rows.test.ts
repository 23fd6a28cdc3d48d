/** The secrets of every profile, store and stored format are looked for; none is left out in silence. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { PASSWORD_HASH_SCHEMES } from '../../src/credentials/make-password-hash.js'
import { SCHEMES } from '../../src/credentials/schemes/table.js'
import { KNOWN_ANSWERS } from '../credentials/known-answers.js'
import { NAMES } from '../node/driver-ends.js'
import { PROFILE_NAMES, STORE_MAKERS } from '../public-names.js'
import { FILE_STORES } from './file-stores.js'
import { SCRAM_FORMATS, STORED } from './stored.js'

/** Stores that are looked at elsewhere than in files.test.ts, and where. */
const ELSEWHERE: Readonly<Record<string, string>> = { memoryStore: 'stores.test.ts' }

test('every profile is driven', () => {
  assert.deepEqual(
    PROFILE_NAMES.filter((name) => !NAMES.some((known) => known === name)),
    [],
    'add it to PROTOCOLS and NAMES of test/node/driver-ends.ts, and what clients say in it to test/secrets/driver-lines.test.ts',
  )
})

test('every store is looked at', () => {
  const looked = [...Object.keys(FILE_STORES), ...Object.keys(ELSEWHERE)]
  assert.deepEqual(
    STORE_MAKERS.filter((name) => !looked.includes(name)),
    [],
    'add a row to test/secrets/file-stores.ts, or say in ELSEWHERE where it is looked at',
  )
  assert.deepEqual(
    looked.filter((name) => !STORE_MAKERS.includes(name)),
    [],
    'stale: no store',
  )
})

const KNOWN = 'add a known answer to test/vectors/stored-credentials.json'
const texts: readonly { readonly format: string; readonly scheme: string; readonly text: string }[] = [
  ...STORED,
  ...KNOWN_ANSWERS,
]

/** Behind a name in braces it is the same. */
const bare = (text: string): string => text.replace(/^\{[^}]*\}(?=.)/, '')

test('of every scheme that is read there is a text, and of every format', () => {
  assert.deepEqual(
    SCHEMES.filter(({ shape }) => !texts.some(({ text }) => shape.test(text) || shape.test(bare(text)))).map(
      ({ name }) => name,
    ),
    [],
    KNOWN,
  )
  const formats = new Set(SCHEMES.flatMap((scheme) => scheme.formats))
  assert.deepEqual(
    [...formats].filter((format) => !texts.some((each) => each.format === format)),
    [],
    KNOWN,
  )
})

test('of every scheme that is made there is one', () => {
  assert.deepEqual(
    PASSWORD_HASH_SCHEMES.filter((scheme) => !STORED.some((made) => made.scheme === scheme)),
    [],
    'add what it must be told to test/secrets/stored.ts',
  )
  assert.deepEqual(
    SCRAM_FORMATS.filter(
      (format) => !STORED.some((made) => made.format === format && made.scheme.startsWith('SCRAM-')),
    ),
    [],
    'add what SCRAM keys in it need to test/secrets/stored.ts',
  )
})
