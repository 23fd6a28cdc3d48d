/** Hostile clients of PLAIN: vectors/attacks/simple-server.json, and what it lacks. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { FailureReason } from '../../src/errors.js'
import { ServerExchange } from '../../src/exchange/server.js'
import { plainServer } from '../../src/mechanisms/plain.js'
import { concat, type Octets, utf8 } from '../../src/octets.js'
import type { NamePreparation } from '../../src/strings/prepare.js'
import { assertNoPbkdf2 } from '../pbkdf2-calls.js'
import { fromHex } from '../vectors.js'
import { assertFailure, secure, vectors, watched } from './simple-server.js'

/** A message, and what becomes of it: who gets in, or why nobody does; and what the directory was asked. */
type Row = readonly [
  name: string,
  message: Octets,
  end: { as: string } | FailureReason,
  asked?: readonly string[],
]

const plain = (...parts: readonly string[]) => utf8(parts.join('\0'))

const byId = new Map(vectors.plain.map(({ id, message_hex }) => [id, fromHex(message_hex)]))
const from = (id: string): Octets => byId.get(id)!

const PLAIN: readonly Row[] = [
  ['empty', from('empty'), 'malformed'],
  ['one-nul', from('one-nul'), 'malformed'],
  ['two-nul-end', from('two-nul-end'), 'malformed'],
  ['four-nul', from('four-nul'), 'malformed'],
  ['empty-authcid', from('empty-authcid'), 'malformed'],
  ['all-empty', from('all-empty'), 'malformed'],
  ['authzid-equal', from('authzid-equal'), { as: 'user' }, ['user']],
  ['authzid-case', from('authzid-case'), 'not-authorized', ['user']],
  ['utf8-bad-pass', from('utf8-bad-pass'), 'malformed'],
  ['user-lf', from('user-lf'), 'invalid-credentials'],
  ['user-crlf-inject', from('user-crlf-inject'), 'invalid-credentials'],
  ['user-proto', from('user-proto'), 'invalid-credentials', ['__proto__']],
  ['user-hasOwn', from('user-hasOwn'), 'invalid-credentials', ['hasOwnProperty']],
  ['user-soft-hyphen', from('user-soft-hyphen'), { as: 'user' }, ['user']],
  ['user-rtl', from('user-rtl'), 'invalid-credentials'],
  ['user-upper', from('user-upper'), 'invalid-credentials', ['User']],
  ['256-name', from('256-name'), 'invalid-credentials'],
  ['good', plain('', 'user', 'pencil'), { as: 'user' }, ['user']],
  ['no NUL at all', plain('user'), 'malformed'],
  ['a name and one NUL', plain('user', ''), 'malformed'],
  ['NUL behind the password', plain('', 'user', 'pass', ''), 'malformed'],
  ['NUL in the password', plain('', 'user', 'pa', 'ss'), 'malformed'],
  ['an authzid and no authcid', plain('admin', '', 'pencil'), 'malformed'],
  ['overlong UTF-8 in the name', concat(utf8('\0us'), fromHex('c080'), utf8('er\0pencil')), 'malformed'],
  ['a lone surrogate in the name', concat(utf8('\0us'), fromHex('eda080'), utf8('er\0pencil')), 'malformed'],
  ['UTF-8 that is cut off', concat(utf8('\0user\0penc'), fromHex('c3')), 'malformed'],
  ['TAB in the name', plain('', 'us\ter', 'pencil'), 'invalid-credentials'],
  [
    'TAB in the password, which is its own affair',
    plain('', 'user', 'pen\tcil'),
    'invalid-credentials',
    ['user'],
  ],
  ['a control character in the authzid', plain('ad\nmin', 'user', 'pencil'), 'malformed'],
  ['full-width letters', plain('', '\uff55\uff53\uff45\uff52', 'pencil'), { as: 'user' }, ['user']],
  [
    'a Cyrillic letter that looks Latin',
    plain('', 'us\u0435r', 'pencil'),
    'invalid-credentials',
    ['us\u0435r'],
  ],
  ['a byte order mark in the name', plain('', '\ufeffuser', 'pencil'), { as: 'user' }, ['user']],
  ['a name of nothing but what is mapped away', plain('', '\u00ad', 'pencil'), 'invalid-credentials'],
  ['a space behind the name', plain('', 'user ', 'pencil'), 'invalid-credentials', ['user ']],
  ['constructor', plain('', 'constructor', 'x'), 'invalid-credentials', ['constructor']],
  ['a name of 255 octets', plain('', 'a'.repeat(255), 'x'), 'invalid-credentials', ['a'.repeat(255)]],
  ['a name of 256 octets', plain('', 'a'.repeat(256), 'x'), 'invalid-credentials'],
  ['a name of 256 octets in 128 characters', plain('', '\u00e9'.repeat(128), 'x'), 'invalid-credentials'],
  [
    'a name of 254 octets in 127 characters',
    plain('', '\u00e9'.repeat(127), 'x'),
    'invalid-credentials',
    ['\u00e9'.repeat(127)],
  ],
  [
    'a name of 1,020 characters of which four are left',
    plain('', `user${'\u00ad'.repeat(1016)}`, 'pencil'),
    { as: 'user' },
    ['user'],
  ],
  [
    'a name of 1,021 characters of which four are left',
    plain('', `user${'\u00ad'.repeat(1017)}`, 'pencil'),
    'invalid-credentials',
  ],
  ['1 MiB', plain('', 'user', 'x'.repeat(1 << 20)), 'limit-exceeded'],
]

test('each PLAIN case of the file stands in the table', () => {
  const names = new Set(PLAIN.map(([name]) => name))
  for (const id of byId.keys()) assert.ok(names.has(id), id)
})

for (const [name, message, end, names = []] of PLAIN)
  test(`PLAIN server, ${name}: ${typeof end === 'string' ? end : `in as ${end.as}`}`, async () => {
    const { asked, verifier } = watched()
    const exchange = new ServerExchange(plainServer(verifier), { connection: secure })
    await assertNoPbkdf2(async () => {
      const reply = await exchange.step(message)
      if (typeof end === 'string') assertFailure(reply, end)
      else assert.equal(reply.kind === 'success' && reply.identity.authcid, end.as)
    })
    assert.deepEqual(
      asked.map(([authcid]) => authcid),
      names,
    )
    assert.throws(() => exchange.step(plain('', 'user', 'pencil')), TypeError)
  })

test('PLAIN server: how names are prepared is a choice', async () => {
  for (const [prepare, sent, name] of [
    ['precis', 'User', 'user'],
    ['precis-case-preserved', 'User', 'User'],
    ['none', 'us\u00ader', 'us\u00ader'],
    ['saslprep', 'us\u00ader', 'user'],
  ] as const satisfies readonly (readonly [NamePreparation, string, string])[]) {
    const asked: string[] = []
    const verifyPassword = (authcid: string) => {
      asked.push(authcid)
      return true
    }
    const exchange = new ServerExchange(plainServer({ verifyPassword }, { prepare }), { connection: secure })
    assert.equal((await exchange.step(plain('', sent, 'x'))).kind, 'success')
    assert.deepEqual(asked, [name], prepare)
  }
})

test('PLAIN server: with no preparation, control characters still reach no directory', async () => {
  const { asked, verifier } = watched()
  for (const name of ['us\ner', 'us\u0085er', '\u007f']) {
    const exchange = new ServerExchange(plainServer(verifier, { prepare: 'none' }), { connection: secure })
    assertFailure(await exchange.step(plain('', name, 'x')), 'invalid-credentials')
  }
  assert.deepEqual(asked, [])
})
