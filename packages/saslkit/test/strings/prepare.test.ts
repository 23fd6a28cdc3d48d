import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { isPromise } from '../../src/awaitable.js'
import { PreparationError, type PreparationRule } from '../../src/strings/preparation-error.js'
import {
  type MongodbContext,
  type NamePreparation,
  type Preparation,
  prepareName,
  preparePassword,
} from '../../src/strings/prepare.js'

const NAME_RULES: readonly NamePreparation[] = [
  'saslprep',
  'precis',
  'precis-case-preserved',
  'postgresql',
  'mongodb',
  'none',
]
const MONGODB: MongodbContext = { username: 'user', hash: 'SHA-256' }
const PASSWORD_RULES: readonly Preparation[] = ['saslprep', 'precis', 'postgresql', 'mongodb', 'none']

const refused = (rule: PreparationRule) => (error: unknown) =>
  error instanceof PreparationError && error.rule === rule

/** Files that come along when a module is loaded, import() left out. */
function loadedWith(url: URL, found: Set<string> = new Set()): ReadonlySet<string> {
  if (found.has(url.pathname)) return found
  found.add(url.pathname)
  for (const [, from] of readFileSync(url, 'utf8').matchAll(
    /^(?:import|export)\s(?:[^'"()=]*\sfrom\s)?['"]([^'"]+)['"]/gm,
  )) {
    assert.match(from!, /^\./, 'what prepare.js loads at once is our own')
    loadedWith(new URL(from!, url), found)
  }
  return found
}

test('printable ASCII is answered at once by SASLprep, and nothing is loaded for it', async () => {
  const files = [...loadedWith(new URL('../../src/strings/prepare.js', import.meta.url))]
  assert.deepEqual(files.map((file) => file.replace(/^.*\//, '')).sort(), ['awaitable.js', 'prepare.js'])

  // Never used before, whatever the other tests do.
  const fresh = new URL('../../src/strings/prepare.js?fresh', import.meta.url).href
  const { prepareName, preparePassword }: typeof import('../../src/strings/prepare.js') = await import(fresh)
  for (const rule of ['saslprep', 'none'] as const) {
    assert.equal(prepareName('tim', rule), 'tim')
    assert.equal(preparePassword('Pen cil~', rule), 'Pen cil~')
  }
  assert.equal(prepareName('\u00c9', 'none'), '\u00c9')
  for (const rule of NAME_RULES) assert.equal(await prepareName('tim', rule), 'tim')
  for (const rule of PASSWORD_RULES)
    assert.equal(await preparePassword('Pen cil~', rule, 'stored', MONGODB), 'Pen cil~')
  assert.equal(await prepareName('Tim', 'precis'), 'tim')
  assert.equal(await prepareName('Tim', 'precis-case-preserved'), 'Tim')

  const first = prepareName('\u00aa', 'saslprep')
  assert.ok(isPromise(first))
  assert.equal(await first, 'a')
  assert.equal(prepareName('\u2168', 'saslprep'), 'IX')
  const other = prepareName('\u00c9', 'precis')
  assert.ok(isPromise(other), 'the tables of one rule are not those of another')
  assert.equal(await other, '\u00e9')
})

test('names are prepared by their rule', async () => {
  const name = 'R\u00c4\u2168\u00adZ'
  assert.equal(await prepareName('I\u00adX\u2168', 'saslprep'), 'IXIX')
  assert.equal(await prepareName('R\u00c4\uff3a', 'precis'), 'r\u00e4z')
  assert.equal(await prepareName('R\u00c4\uff3a', 'precis-case-preserved'), 'R\u00c4Z')
  for (const rule of ['postgresql', 'mongodb', 'none'] as const) assert.equal(prepareName(name, rule), name)
})

test('an unassigned code point may be asked for in a name, and not kept in a password', async () => {
  assert.equal(await prepareName('\u{1f600}', 'saslprep'), '\u{1f600}')
  await assert.rejects(async () => prepareName('\u{1f600}', 'saslprep', 'stored'), refused('unassigned'))
  assert.equal(await preparePassword('\u{1f600}', 'saslprep', 'query'), '\u{1f600}')
  await assert.rejects(async () => preparePassword('\u{1f600}', 'saslprep'), refused('unassigned'))
})

test('passwords are prepared by their rule', async () => {
  assert.equal(await preparePassword('I\u00adX\u2168', 'saslprep'), 'IXIX')
  assert.equal(await preparePassword('I\u3000X\u2168', 'precis'), 'I X\u2168')
  assert.equal(await preparePassword('I\u00adX\u2168', 'mongodb', 'stored', MONGODB), 'IXIX')
  assert.equal(preparePassword('I\u00adX\u2168', 'none'), 'I\u00adX\u2168')
})

test('PostgreSQL takes the password as it is where SASLprep fails', async () => {
  // Each found to be so on a PostgreSQL 15 server, by the keys it makes.
  const table: readonly (readonly [string, string])[] = [
    ['I\u00adX\u2168', 'IXIX'],
    ['\u0007\u2168', '\u0007\u2168'],
    ['\u{1f600}\u2168', '\u{1f600}\u2168'],
    ['\u0627a', '\u0627a'],
    ['\u00ad', '\u00ad'],
    ['a\u2135', 'a\u05d0'], // right-to-left only once normalized, and PostgreSQL looks before
    ['\u05d0\u2135', '\u05d0\u2135'],
    ['\u{2f868}', '\u36fc'], // corrigendum 4, which Unicode 3.2 lacks
  ]
  for (const [password, prepared] of table)
    assert.equal(await preparePassword(password, 'postgresql'), prepared)
})

test('MongoDB digests the password for SCRAM-SHA-1', async () => {
  const context = { username: 'user', hash: 'SHA-1' } as const
  // md5sum of "user:mongo:pencil"; the same in MongoDB's driver specification.
  assert.equal(
    await preparePassword('pencil', 'mongodb', 'stored', context),
    '1c33006ec1ffd90f9cadcbcc0e118200',
  )
  assert.throws(() => preparePassword('pencil', 'mongodb'), TypeError)
  assert.throws(
    () => preparePassword('pencil', 'mongodb', 'stored', { ...context, username: '' }),
    refused('empty'),
  )
})

test('nothing is refused as a name or password, before and after preparation', async () => {
  for (const rule of NAME_RULES)
    if (rule === 'postgresql')
      assert.equal(prepareName('', rule), '') // libpq sends an empty name
    else await assert.rejects(async () => prepareName('', rule), refused('empty'))
  for (const rule of PASSWORD_RULES)
    await assert.rejects(async () => preparePassword('', rule, 'stored', MONGODB), refused('empty'))
  await assert.rejects(async () => prepareName('\u00ad', 'saslprep'), refused('empty'))
  await assert.rejects(async () => preparePassword('\u00ad', 'saslprep'), refused('empty'))
})

test('no rule lets a lone surrogate pass', async () => {
  for (const rule of NAME_RULES)
    await assert.rejects(async () => prepareName('a\ud800', rule), refused('prohibited'))
  for (const rule of PASSWORD_RULES)
    await assert.rejects(
      async () => preparePassword('a\ud800', rule, 'stored', MONGODB),
      refused('prohibited'),
    )
})

test('the caller is told what to pass', () => {
  for (const text of [undefined, null, 1, {}]) {
    assert.throws(
      () => prepareName(text as unknown as string, 'none'),
      /^TypeError: preparation: pass a string$/,
    )
    assert.throws(
      () => preparePassword(text as unknown as string, 'none'),
      /^TypeError: preparation: pass a string$/,
    )
  }
  assert.throws(() => prepareName('a', 'nameprep' as Preparation), TypeError)
  assert.throws(() => preparePassword('a', 'precis-case-preserved' as Preparation), TypeError)
})

test('calls at once share the loading', async () => {
  const results = ['\u00aa', '\u2168', 'e\u0301'].map((text) => prepareName(text, 'saslprep'))
  assert.deepEqual(await Promise.all(results), ['a', 'IX', '\u00e9'])
  assert.equal(isPromise(prepareName('\u00aa', 'saslprep')), false)
})
