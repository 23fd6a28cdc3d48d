/** Whoever else reads the table can read what a login has put there. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { makeStoredCredential } from '../../src/credentials/index.js'
import { directory, memoryStore, missingSchemes, type RehashOptions } from '../../src/stores/index.js'
import { decoySecret, held, rehashing } from './rehashing.js'

const crypt = await makeStoredCredential('x', { scheme: 'sha256-crypt', rounds: 1000 })
const dovecot = await makeStoredCredential('x', { scheme: 'sha256-crypt', rounds: 1000, format: 'dovecot' })
const cheap = { iterations: 4096, scram: undefined, passwordHash: { memory: 64, passes: 1 } } as const

/** What is kept after each of three logins, with its format, and how often anything was made. */
async function formats(old: string, options: RehashOptions) {
  const { store, events, after } = await rehashing([old], { ...cheap, ...options })
  for (let login = 0; login < 3; login++) await after('x')
  const kept = held(store).credentials.flat()
  return [
    ...kept.map((one) => (typeof one === 'string' ? 'text' : `${one.scheme} ${one.format}`)),
    events.map(({ kind }) => kind).join(),
  ]
}

test('what Dovecot has written is followed by the like', async () => {
  assert.deepEqual(await formats(dovecot.text, {}), [
    'SCRAM-SHA-256 dovecot',
    'SCRAM-SHA-1 dovecot',
    'argon2id dovecot',
    'rehashed',
  ])
  assert.deepEqual(
    await formats(crypt.text, { passwordHash: { format: 'dovecot', memory: 64, passes: 1 } }),
    ['SCRAM-SHA-256 dovecot', 'SCRAM-SHA-1 dovecot', 'argon2id dovecot', 'rehashed'],
    'nor is a hash for Dovecot put beside keys that it cannot read',
  )
  for (const options of [
    { scram: ['SHA-512'] },
    { scram: ['SHA-256'], passwordHash: { scheme: 'pbkdf2-sha256', iterations: 1000 } },
    { scram: ['SHA-256'], format: 'rfc5803', passwordHash: undefined },
    { scram: ['SHA-256'], preset: 'kafka', passwordHash: undefined },
  ] as const) {
    const [keys, ...more] = await formats(dovecot.text, options)
    assert.match(
      keys!,
      'preset' in options ? / kafka$/ : / rfc5803$/,
      'not what Dovecot has, or another was named',
    )
    assert.equal(more.at(-1), 'rehashed')
  }
})

test('what nobody’s format tells is written as usual, unless a format is named', async () => {
  assert.deepEqual(await formats(crypt.text, {}), [
    'SCRAM-SHA-256 rfc5803',
    'SCRAM-SHA-512 rfc5803',
    'SCRAM-SHA-1 rfc5803',
    'argon2id phc',
    'rehashed',
  ])
  assert.deepEqual(await formats(crypt.text, { format: 'dovecot' }), [
    'SCRAM-SHA-256 dovecot',
    'SCRAM-SHA-1 dovecot',
    'argon2id dovecot',
    'rehashed',
  ])
})

test('as many iterations as a format takes are enough in it', async () => {
  assert.deepEqual(
    await formats(crypt.text, { format: 'kafka', iterations: undefined, passwordHash: undefined }),
    ['SCRAM-SHA-256 kafka', 'SCRAM-SHA-512 kafka', 'rehashed'],
  )
})

test('MongoDB’s keys are made for the name of the account', async () => {
  assert.deepEqual(await formats(crypt.text, { format: 'mongodb', passwordHash: undefined }), [
    'SCRAM-SHA-256 mongodb',
    'SCRAM-SHA-1 mongodb',
    'rehashed',
  ])
})

test('of a named format, what it does not have is not missing', () => {
  const account = { name: 'tim', credentials: [crypt] }
  assert.deepEqual(missingSchemes(account, { format: 'dovecot' }), [
    'SCRAM-SHA-256',
    'SCRAM-SHA-1',
    'argon2id',
  ])
  assert.throws(() => missingSchemes(account, { format: 'dovecot', scram: ['SHA-512'] }), RangeError)
})

test('what could not be made is refused when the directory is', async () => {
  const store = await memoryStore([])
  for (const rehash of [
    { format: 'dovecot', scram: ['SHA-512'] },
    { format: 'postgresql' },
    { preset: 'nobodys' as never },
    { scram: ['MD5' as never] },
    { passwordHash: { scheme: 'ssha' } },
    { passwordHash: { scheme: 'nothing' as never } },
  ] as const)
    assert.throws(() => directory(store, { decoySecret, rehash }), RangeError, JSON.stringify(rehash))
})
