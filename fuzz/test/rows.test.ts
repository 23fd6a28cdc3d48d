/** 100,000 runs over all rows, which a machine of no great speed makes in a minute: npm run fuzz:long makes a hundred times as many. */
import '../work.ts'
import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { test } from 'node:test'
import { CLIENT_MECHANISMS } from 'saslkit'
import type { CredentialFormat } from 'saslkit/credentials'
import * as node from 'saslkit/node'
import * as stores from 'saslkit/stores'
import { ROWS } from '../rows.ts'
import { runRows } from '../run-rows.ts'

const RUNS = 100_000
/** Of these runs. Other seeds are for `npm run fuzz`, which takes a new one each time. */
const SEED = 4422

test('rows have names of their own', () => {
  assert.equal(new Set(ROWS.map(({ name }) => name)).size, ROWS.length)
})

const names: readonly string[] = ROWS.map(({ name }) => name)

test('every mechanism has its row', () => {
  assert.deepEqual(
    CLIENT_MECHANISMS.filter((name) => !names.includes(name)),
    [],
    'add a row to fuzz/exchanges/rows.ts',
  )
})

/** What the library's own package says that there is. */
const { exports } = JSON.parse(
  await readFile(new URL('../../packages/saslkit/package.json', import.meta.url), 'utf8'),
) as { readonly exports: Readonly<Record<string, unknown>> }

test('every profile has its rows', () => {
  const profiles = Object.keys(exports).flatMap((path) => /^\.\/profiles\/(.*)$/.exec(path)?.[1] ?? [])
  assert.ok(profiles.length >= 3)
  for (const profile of profiles) {
    assert.ok(names.includes(`exchanges in ${profile}`), `add ${profile} to fuzz/exchanges/rows.ts`)
    assert.ok(names.includes(`${profile}: commands`), `add ${profile} to fuzz/parsers/profiles.ts`)
  }
})

test('every store has its row', () => {
  const kinds = Object.keys({ ...node, ...stores }).flatMap((name) => /^(\w+)Store$/.exec(name)?.[1] ?? [])
  assert.ok(kinds.length >= 3)
  const written = (kind: string) => kind.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)
  assert.deepEqual(
    kinds.filter((kind) => !names.includes(`${written(kind)} store`)),
    [],
    'add a row to fuzz/stores/rows.ts',
  )
})

/** The compiler sees to it that none is missing here. */
const FORMATS = {
  cleartext: true,
  'cram-md5': true,
  'digest-md5': true,
  dovecot: true,
  ldap: true,
  htpasswd: true,
  crypt: true,
  gsasl: true,
  passlib: true,
  phc: true,
  wordpress: true,
  django: true,
  rfc5803: true,
  postgresql: true,
  kafka: true,
  mongodb: true,
  ejabberd: true,
  prosody: true,
} as const satisfies Record<CredentialFormat, true>

test('every format of stored credentials has its row', () => {
  assert.deepEqual(
    Object.keys(FORMATS).filter((format) => !names.includes(`stored ${format}`)),
    [],
    'add known answers to packages/saslkit/test/vectors/stored-credentials.json, or seeds to fuzz/parsers/stored-credentials.ts',
  )
})

test(`${RUNS} runs find nothing`, async () => {
  const failures: string[] = []
  const log = (line: string) => {
    if (line.startsWith('FAILED')) failures.push(line)
  }
  const results = await runRows(ROWS, { runs: RUNS, seed: SEED, log })
  assert.deepEqual(failures, [])
  for (const { row, outcomes } of results) assert.ok(outcomes.size, `${row} did nothing`)
})
