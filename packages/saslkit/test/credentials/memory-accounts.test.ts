/** What a directory in memory does for each kind of account, and for names that nobody has. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { hashFunction } from '#crypto'
import type { MemoryAccount } from '../../src/credentials/memory-account.js'
import { memoryDirectory } from '../../src/credentials/memory-directory.js'
import { hmacMd5State } from '../../src/crypto/hmac-md5-state.js'
import type { ScramCredentials, ScramHash } from '../../src/directory.js'
import { deriveCredentials } from '../../src/mechanisms/scram/keys.js'
import { utf8 } from '../../src/octets.js'
import { countPbkdf2 } from '../pbkdf2-calls.js'

const context = { connection: { secure: true } }
const SALT = utf8('sixteen octets..')

const keys = async (
  hash: ScramHash,
  password: string,
  salt = SALT,
  iterations = 1,
): Promise<ScramCredentials> => ({
  ...(await deriveCredentials(await hashFunction(hash), utf8(password), salt, iterations)),
})

const pbkdf2 = async (password: string, hash: ScramHash = 'SHA-256') => ({
  hash,
  salt: SALT,
  iterations: 1,
  key: await (await hashFunction(hash)).pbkdf2(utf8(password), SALT, 1),
})

const STATE = hmacMd5State(utf8('pencil'))

/** Key derivations of SHA-256 for one password. */
const workOf = async (accounts: readonly MemoryAccount[], name: string, password: string) => {
  const directory = await memoryDirectory(accounts, { hashes: [] })
  let verdict: unknown
  const calls = await countPbkdf2('SHA-256', async () => {
    verdict = await directory.verifyPassword(name, password, context)
  })
  return [verdict, calls]
}

test('a name that nobody has takes the work of the usual account, and no password fits it', async () => {
  const good = { authcid: 'user' }
  for (const [what, account, calls] of [
    ['cleartext', { password: 'pencil' }, 0],
    ['cleartext, and keys', { password: 'pencil', scram: { 'SHA-256': await keys('SHA-256', 'pencil') } }, 0],
    ['PBKDF2', { pbkdf2: await pbkdf2('pencil') }, 1],
    ['SCRAM keys', { scram: { 'SHA-256': await keys('SHA-256', 'pencil') } }, 1],
    ['SCRAM keys of another hash', { scram: { 'SHA-1': await keys('SHA-1', 'pencil') } }, 0],
  ] as const) {
    const accounts = [
      { authcid: 'user', ...account },
      { authcid: 'hmac', hmacMd5State: STATE },
    ]
    assert.deepEqual(await workOf(accounts, 'user', 'pencil'), [good, calls], what)
    assert.deepEqual(await workOf(accounts, 'user', 'pencils'), [false, calls], what)
    for (const name of ['nobody', 'hmac'])
      assert.deepEqual(await workOf(accounts, name, 'pencil'), [false, calls], `${what}, ${name}`)
  }
  for (const accounts of [[], [{ authcid: 'hmac', hmacMd5State: STATE }]])
    assert.deepEqual(await workOf(accounts, 'hmac', 'pencil'), [false, 0])
})

test('a name that nobody has takes the work of most accounts, whichever stands first', async () => {
  const clear = (authcid: string) => ({ authcid, password: 'pencil' })
  const slow = async (authcid: string) => ({ authcid, pbkdf2: await pbkdf2('pencil') })
  const hmac = (authcid: string) => ({ authcid, hmacMd5State: STATE })
  const few = [hmac('h'), hmac('i'), hmac('j'), clear('a'), await slow('b'), await slow('c')]
  assert.deepEqual(await workOf(few, 'nobody', 'pencil'), [false, 1])
  const other = [
    await slow('a'),
    clear('b'),
    clear('c'),
    { ...(await slow('d')), pbkdf2: await pbkdf2('x', 'SHA-1') },
  ]
  assert.deepEqual(await workOf(other, 'nobody', 'pencil'), [false, 0])
  // Three that check by PBKDF2, of which no two cost the same.
  const { key, salt } = await pbkdf2('pencil')
  const at = (authcid: string, iterations: number) => ({
    authcid,
    pbkdf2: { hash: 'SHA-256', salt, iterations, key } as const,
  })
  assert.deepEqual(await workOf([at('a', 1), at('b', 2), at('c', 3), clear('d'), clear('e')], 'n', 'x'), [
    false,
    0,
  ])
  // SCRAM keys of two hashes, and of two counts.
  const scram = async (authcid: string, hash: ScramHash) => ({
    authcid,
    scram: { [hash]: await keys(hash, 'pencil') },
  })
  const [rare, usual] = [
    await scram('a', 'SHA-512'),
    [await scram('b', 'SHA-256'), await scram('c', 'SHA-256')],
  ]
  assert.deepEqual(await workOf([rare, ...usual], 'nobody', 'pencil'), [false, 1])
})

test('what a rule refuses, and the empty password, take the same work', async () => {
  const accounts = [{ authcid: 'user', pbkdf2: await pbkdf2('pencil') }]
  for (const password of ['', 'pen\u0007cil'])
    assert.deepEqual(await workOf(accounts, 'user', password), [false, 1], password)
})

test('the empty password is right under no rule, even where keys were made of it', async () => {
  for (const prepare of ['saslprep', 'precis', 'postgresql', 'mongodb', 'none'] as const)
    for (const held of [{ pbkdf2: await pbkdf2('') }, { scram: { 'SHA-256': await keys('SHA-256', '') } }]) {
      const { verifyPassword } = await memoryDirectory([{ authcid: 'user', ...held }], { prepare })
      assert.equal(await verifyPassword('user', '', context), false, prepare)
    }
})

test('keys that an account has are kept, and those that it lacks are made', async () => {
  const own = await keys('SHA-1', 'pencil', SALT, 7)
  const { scramCredentials } = await memoryDirectory(
    [{ authcid: 'user', password: 'pencil', scram: { 'SHA-1': own } }],
    { hashes: ['SHA-1', 'SHA-256'], iterations: 4096 },
  )
  assert.deepEqual(await scramCredentials('user', 'SHA-1', context), {
    ...own,
    authcid: 'user',
    refused: undefined,
  })
  assert.equal((await scramCredentials('user', 'SHA-256', context))?.iterations, 4096)
})

test('a secret is the HMAC state, or else the password, prepared', async () => {
  const { secret } = await memoryDirectory(
    [
      { authcid: 'clear', password: 'pen\u00adcil' },
      { authcid: 'hmac', hmacMd5State: STATE },
      { authcid: 'both', password: 'pencil', hmacMd5State: STATE },
      { authcid: 'neither', pbkdf2: await pbkdf2('pencil') },
    ],
    { hashes: [] },
  )
  const refused = undefined
  assert.deepEqual(await secret('clear', context), { secret: 'pencil', authcid: 'clear', refused })
  assert.deepEqual(await secret('hmac', context), { hmacMd5State: STATE, authcid: 'hmac', refused })
  assert.deepEqual(await secret('both', context), { hmacMd5State: STATE, authcid: 'both', refused })
  assert.equal(await secret('neither', context), undefined)
})

test('decoys look like most accounts, and like nothing where none has keys', async () => {
  const account = async (authcid: string, saltLength: number, iterations: number) => ({
    authcid,
    scram: { 'SHA-256': await keys('SHA-256', 'x', new Uint8Array(saltLength).fill(1), iterations) },
  })
  const { decoyShape } = await memoryDirectory([
    await account('a', 16, 1),
    await account('b', 12, 2),
    { authcid: 'none', hmacMd5State: STATE },
    await account('c', 12, 1),
    await account('d', 12, 2),
    await account('e', 16, 3),
  ])
  assert.deepEqual(decoyShape('SHA-256'), { iterations: 2, saltLength: 12 })
  assert.equal(decoyShape('SHA-1'), undefined)
  const one = await memoryDirectory([await account('a', 16, 5)])
  assert.deepEqual(one.decoyShape('SHA-256'), { iterations: 5, saltLength: 16 })
})

test('the rule of MongoDB is asked for the digest of name and password by SHA-1 keys alone', async () => {
  // MD5 of "user:mongo:pencil", in hexadecimal (MongoDB's SCRAM-SHA-1).
  const { createHash } = await import('node:crypto')
  const digest = createHash('md5').update('user:mongo:pencil').digest('hex')
  const prepare = 'mongodb'
  for (const held of [
    { scram: { 'SHA-1': await keys('SHA-1', digest) } },
    { scram: { 'SHA-256': await keys('SHA-256', 'pencil') } },
    { pbkdf2: await pbkdf2('pencil', 'SHA-1') },
    { password: 'pencil', scram: { 'SHA-1': await keys('SHA-1', digest) } },
  ]) {
    const { verifyPassword } = await memoryDirectory([{ authcid: 'user', ...held }], { hashes: [], prepare })
    assert.deepEqual(await verifyPassword('user', 'pencil', context), { authcid: 'user' })
    assert.equal(await verifyPassword('user', 'pencils', context), false)
    assert.equal(await verifyPassword('resu', 'pencil', context), false)
  }
})

test('an account may be refused for each reason that there is, and for no other', async () => {
  for (const refused of ['account-disabled', 'credentials-expired', 'not-authorized'] as const) {
    const account = { authcid: 'user', pbkdf2: await pbkdf2('pencil'), refused }
    const { verifyPassword } = await memoryDirectory([account])
    assert.deepEqual(await verifyPassword('user', 'pencil', context), { refused })
  }
  for (const refused of ['', 'temporary'])
    await assert.rejects(
      memoryDirectory([{ authcid: 'user', pbkdf2: await pbkdf2('pencil'), refused: refused as never }]),
      /^RangeError: accounts\[0\]\.refused must be one of account-disabled/,
    )
})

test('keys that are undefined are none, and octets are as many as there must be', async () => {
  const good = await keys('SHA-256', 'pencil')
  const kept = (scram: MemoryAccount['scram'], pbkdf2?: MemoryAccount['pbkdf2']) =>
    memoryDirectory([{ authcid: 'user', scram, pbkdf2 }])
  const both = await kept({ 'SHA-1': undefined, 'SHA-256': good } as never)
  assert.deepEqual(both.scramHashes, ['SHA-256'])
  for (const octets of [
    { salt: new Uint8Array(0) },
    { salt: new Uint8Array(1025) },
    { storedKey: new Uint8Array(31) },
    { storedKey: new Uint8Array(33) },
    { serverKey: new Uint8Array(33) },
  ])
    await assert.rejects(kept({ 'SHA-256': { ...good, ...octets } }), /^RangeError: accounts\[0\]\.scram\./)
})
