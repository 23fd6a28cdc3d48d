/** The secrets of every profile, store and stored format are looked for; none is left out in silence. */
import { test } from 'node:test'
import { PASSWORD_HASH_SCHEMES } from '../../src/credentials/make-password-hash.js'
import { SCHEMES } from '../../src/credentials/schemes/table.js'
import { KNOWN_ANSWERS } from '../credentials/known-answers.js'
import { NAMES } from '../node/driver-ends.js'
import { PROFILE_NAMES, STORE_MAKERS } from '../public-names.js'
import { requireRows } from '../require-rows.js'
import { FILE_STORES } from './file-stores.js'
import { SCRAM_FORMATS, STORED } from './stored.js'

/** Stores that are looked at elsewhere than in files.test.ts, and where. */
const ELSEWHERE: Readonly<Record<string, string>> = { memoryStore: 'stores.test.ts' }

test('every profile is driven', () => {
  requireRows(PROFILE_NAMES, {
    rows: NAMES,
    rowsAt:
      'PROTOCOLS and NAMES of test/node/driver-ends.ts (what clients say in it: test/secrets/driver-lines.test.ts)',
  })
})

test('every store is looked at', () => {
  requireRows(STORE_MAKERS, {
    rows: Object.keys(FILE_STORES),
    rowsAt: 'test/secrets/file-stores.ts',
    leftOut: ELSEWHERE,
    leftOutAt: 'ELSEWHERE of test/secrets/rows.test.ts',
  })
})

const KNOWN = 'the known answers of test/vectors/stored-credentials.json'
const texts: readonly { readonly format: string; readonly scheme: string; readonly text: string }[] = [
  ...STORED,
  ...KNOWN_ANSWERS,
]

/** Behind a name in braces it is the same. */
const bare = (text: string): string => text.replace(/^\{[^}]*\}(?=.)/, '')

test('of every scheme that is read there is a text, and of every format', () => {
  requireRows(
    SCHEMES.map(({ name }) => name),
    {
      rows: SCHEMES.filter(({ shape }) =>
        texts.some(({ text }) => shape.test(text) || shape.test(bare(text))),
      ).map(({ name }) => name),
      rowsAt: KNOWN,
    },
  )
  requireRows(
    SCHEMES.flatMap(({ formats }) => formats),
    { rows: texts.map(({ format }) => format), rowsAt: KNOWN },
  )
})

test('of every scheme that is made there is one', () => {
  const rowsAt = 'what makes them in test/secrets/stored.ts'
  const inScram = STORED.filter(({ scheme }) => scheme.startsWith('SCRAM-'))
  requireRows(PASSWORD_HASH_SCHEMES, {
    rows: STORED.filter((made) => !inScram.includes(made)).map(({ scheme }) => scheme),
    rowsAt,
  })
  requireRows(SCRAM_FORMATS, { rows: inScram.map(({ format }) => format), rowsAt })
})
