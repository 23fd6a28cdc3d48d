/**
 * Secrets are compared by `sameOctets` and `passwordEquals` alone (docs/decisions/0003-comparing-secrets.md): what stops at
 * the first difference tells by its time how much was right.
 */
import assert from 'node:assert/strict'
import { join } from 'node:path'
import { test } from 'node:test'
import { root } from './folders.ts'
import { type Comparison, comparisonsIn, secretComparisons } from './secret-comparisons.ts'

const HASH_NAME = 'the name of a hash function'

/** Comparisons whose words are those of secrets, and that are of none. One line serves all that stand alike in a file. */
const EXPLAINED: readonly (readonly [file: string, expression: string, why: string])[] = [
  ['credentials/convert.ts', 'writer.hashes.includes(hash)', HASH_NAME],
  ['credentials/convert.ts', 'hashes.includes(hash)', HASH_NAME],
  [
    'credentials/convert.ts',
    "asMongodb(preparation, hash) !== (format === 'mongodb' && hash === 'SHA-1')",
    'whether a rule and a format go together: two booleans',
  ],
  [
    'credentials/presented-forms.ts',
    'text === password',
    'what a client sent, and what its preparation made of it: nothing that is stored',
  ],
  ['credentials/schemes/pbkdf2.ts', 'length !== String(raw.key!.length)', 'the length of a key, as text'],
  ['credentials/scram-plan.ts', 'writer.hashes.includes(hash)', HASH_NAME],
  ['credentials/wanted-credentials.ts', 'known.includes(hash)', HASH_NAME],
  [
    'mechanisms/scram/client.ts',
    'vouched !== offeredHash(hash, offered)',
    'of the names that a server offers to everybody (XEP-0474)',
  ],
  ['mechanisms/scram/hashes.ts', 'hash === name', HASH_NAME],
  [
    'mechanisms/scram/key-ids.ts',
    'password !== known',
    "a client's own password, and the one that it had before: whether to hash it anew; no peer gives either",
  ],
  [
    'mechanisms/scram/server.ts',
    'checksum(salt, storedKey, serverKey) !== sum',
    'the same row of a directory, before and after: whether it was overwritten; a client gives neither, and does not see them',
  ],
  ['stores/census.ts', 'stored.includes(hash)', HASH_NAME],
  ['stores/directory.ts', `everybody.includes(\`SCRAM-\${hash}\`)`, HASH_NAME],
  ['stores/directory.ts', 'stored.includes(hash)', HASH_NAME],
  ['stores/scram-keys.ts', `serves.includes(\`SCRAM-\${hash}\`)`, HASH_NAME],
]

const told = ({ file, expression }: Comparison): string => `${file}: ${expression}`

test('no secret is compared by what stops at the first difference', () => {
  const explained = new Set(EXPLAINED.map(([file, expression]) => told({ file, expression })))
  const found = new Set(secretComparisons(join(root, 'packages/saslkit/src')).map(told))
  assert.deepEqual(
    [...found].filter((comparison) => !explained.has(comparison)),
    [],
    'compare secrets with sameOctets or passwordEquals; where it is none, say so in the table',
  )
  assert.deepEqual(
    [...explained].filter((comparison) => !found.has(comparison)),
    [],
    'explained, and no longer there',
  )
  assert.equal(explained.size, EXPLAINED.length)
})

for (const planted of [
  'proof === expected',
  'expected !== clientProof',
  'a.storedKey == b',
  'x != keys.serverKey',
  'stored.equals(sent.digest)',
  'Buffer.compare(mac, theirs)',
  'password.localeCompare(other)',
  'tokens.includes(sent)',
  'known.includes(token)',
  'secret.startsWith(sent)',
  'text(response) === want',
  '(sent as string) === account!.password',
  'hex(hash.digest(sent)) === kept',
  "account?.password['startsWith'](sent)",
  'account?.password.startsWith(sent)',
  'sig[at] === theirs[at]',
  `\`\${pass}\` === sent`,
  'proof.slice(0, 4) === sent',
])
  test(`found where it stands: ${planted}`, () => {
    assert.deepEqual(comparisonsIn(`export const good = (): boolean =>\n  there && (${planted})`), [planted])
    const apart = planted.replace(/ ([!=]+) /, '\n    $1\n    ')
    assert.deepEqual(comparisonsIn(`if (${apart}) throw new Error()`), [planted])
  })

test('what says nothing of what a secret is, is let alone', () => {
  for (const harmless of [
    'password === undefined',
    'null !== token',
    "password === ''",
    "typeof token === 'function'",
    'typeof proof !== typeof other',
    'proof.length !== hash.size',
    'key!.byteLength === size',
    'iterations === 4096 && -1 !== at(key)',
    'verify(password) === true',
    '!secret === wanted',
    "password.includes('\\0')",
    "token.startsWith('Bearer ')",
    'name === other',
    'names.includes(name)',
    'sameOctets(proof, expected)',
    'passwordEquals(password, other)',
    "// proof === expected, and 'proof === expected' in a text",
  ])
    assert.deepEqual(comparisonsIn(`void (${harmless}\n)`), [], harmless)
})
