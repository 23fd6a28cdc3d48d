/** One way of writing for all that an account holds, for whoever else reads the table. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  type MakeStoredCredentialsOptions,
  makeStoredCredentials,
  verifyPassword,
} from '../../src/credentials/index.js'

const cheap = { iterations: 4096, passwordHash: undefined } as const
const made = async (options: MakeStoredCredentialsOptions) =>
  (await makeStoredCredentials('pencil', options)).map(({ scheme, format }) => `${scheme} ${format}`)

test('a format is that of the keys and of the password hash', async () => {
  const all = await makeStoredCredentials('pencil', {
    format: 'dovecot',
    iterations: 4096,
    passwordHash: { memory: 64 },
  })
  assert.deepEqual(
    all.map(({ text }) => /^\{[A-Z0-9-]+\}/.exec(text)?.[0]),
    ['{SCRAM-SHA-256}', '{SCRAM-SHA-1}', '{ARGON2ID}'],
  )
  for (const one of all) {
    assert.equal(one.format, 'dovecot')
    assert.equal(await verifyPassword(one, 'pencil'), true)
  }
  const passwordHash = { scheme: 'pbkdf2-sha256', iterations: 1000 } as const
  assert.deepEqual(await made({ scram: ['SHA-256'], iterations: 4096, format: 'passlib', passwordHash }), [
    'SCRAM-SHA-256 passlib',
    'pbkdf2-sha256 passlib',
  ])
  assert.deepEqual(
    await made({
      scram: ['SHA-256'],
      iterations: 4096,
      format: 'postgresql',
      passwordHash: { ...passwordHash, format: 'ldap' },
    }),
    ['SCRAM-SHA-256 postgresql', 'pbkdf2-sha256 ldap'],
    'a format of its own',
  )
})

test('what passwords are checked against may be SCRAM keys of its own', async () => {
  const passwordHash = { scheme: 'SCRAM-SHA-256', iterations: 4096 } as const
  assert.deepEqual(await made({ scram: ['SHA-1'], iterations: 4096, passwordHash }), [
    'SCRAM-SHA-1 rfc5803',
    'SCRAM-SHA-256 rfc5803',
  ])
})

test('where no hashes are named, there are keys for those that the format has', async () => {
  for (const [options, hashes] of [
    [{ format: 'dovecot' }, ['SHA-256', 'SHA-1']],
    [{ format: 'kafka' }, ['SHA-256', 'SHA-512']],
    [{ format: 'postgresql' }, ['SHA-256']],
    [{ preset: 'postgres' }, ['SHA-256']],
    [{ preset: 'kafka', format: 'rfc5803' }, ['SHA-256', 'SHA-512', 'SHA-1']],
  ] as const)
    assert.deepEqual(
      (await makeStoredCredentials('pencil', { ...cheap, ...options })).map(({ scheme }) => scheme),
      hashes.map((hash) => `SCRAM-${hash}`),
      JSON.stringify(options),
    )
})

test('MongoDB’s keys hold the name', async () => {
  assert.deepEqual(await made({ ...cheap, format: 'mongodb', username: 'tim' }), [
    'SCRAM-SHA-256 mongodb',
    'SCRAM-SHA-1 mongodb',
  ])
  await assert.rejects(made({ ...cheap, format: 'mongodb' }), TypeError)
})

test('what the format does not have is refused in words, before any work', async () => {
  for (const [options, message] of [
    [{ scram: ['SHA-512'], format: 'dovecot' }, /^dovecot has no SCRAM-SHA-512, only SHA-1, SHA-256$/],
    [{ format: 'ldap' as never }, /^SCRAM keys are written for dovecot, .*rfc5803$/],
    [{ format: 'ldap' as never, scram: [] }, /^SCRAM keys are written for/],
    [
      { format: 'postgresql' },
      /^format: postgresql has no argon2id, .* for phc, ldap, dovecot; pass \{ passwordHash: /,
    ],
    [{ format: 'dovecot', passwordHash: { scheme: 'scrypt' } }, /^format: dovecot has no scrypt, .* phc; /],
    [{ passwordHash: { format: 'django' } }, /^argon2id is written for phc, ldap, dovecot, not for django$/],
    [
      { format: 'dovecot', passwordHash: { format: 'django' } },
      /^argon2id is written for .*, not for django$/,
    ],
    [
      { format: 'kafka', iterations: 16_385, passwordHash: undefined },
      /^iterations: at most 16384 for kafka$/,
    ],
    [{ passwordHash: { scheme: 'md5' } }, /^md5 can be undone/],
    [{ passwordHash: { scheme: 'bcrypt', cost: 99 } }, /^cost: /],
  ] as const)
    await assert.rejects(
      makeStoredCredentials('pencil', options),
      (error) => error instanceof RangeError && message.test(error.message),
      String(message),
    )
  await assert.rejects(makeStoredCredentials('pencil', { fromat: 'dovecot' } as never), {
    name: 'TypeError',
    message: /^makeStoredCredentials has nothing named "fromat"; known are scram, /,
  })
})
