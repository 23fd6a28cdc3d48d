import assert from 'node:assert/strict'
import { test } from 'node:test'
import { hashFunction } from '#crypto'
import { makeScramCredentials } from '../../src/credentials/make-scram-credentials.js'
import { memoryDirectory } from '../../src/credentials/memory-directory.js'
import { passwordEquals } from '../../src/credentials/password-equals.js'
import { hmacMd5State } from '../../src/crypto/hmac-md5-state.js'
import { ClientExchange } from '../../src/exchange/client.js'
import { ServerExchange } from '../../src/exchange/server.js'
import { scramClient } from '../../src/mechanisms/scram/client.js'
import { scramServer } from '../../src/mechanisms/scram/server.js'
import { base64, unbase64, utf8 } from '../../src/octets.js'
import { PreparationError } from '../../src/strings/preparation-error.js'
import { converse } from '../../src/testing/mechanism/converse.js'

const context = { connection: { secure: true } }
const iterations = 4096
const salt = utf8('sixteen octets..')

test('an account verifies by whatever it holds, and by nothing else', async () => {
  const key = await (await hashFunction('SHA-512')).pbkdf2(utf8('pencil'), salt, iterations)
  const scram = { 'SHA-1': await makeScramCredentials('SHA-1', 'pencil', { iterations }) }
  for (const account of [
    { authcid: 'user', password: 'pencil' },
    { authcid: 'user', scram },
    { authcid: 'user', pbkdf2: { hash: 'SHA-512', salt, iterations, key } },
  ] as const) {
    const { verifyPassword } = await memoryDirectory([account], { hashes: [] })
    assert.deepEqual(await verifyPassword('user', 'pencil', context), { authcid: 'user' })
    for (const wrong of ['pencils', 'Pencil', 'pencil ', '\0'])
      assert.equal(await verifyPassword('user', wrong, context), false, wrong)
    assert.equal(await verifyPassword('resu', 'pencil', context), false)
  }
})

test('an account that holds nothing to verify a password by verifies none', async () => {
  const directory = await memoryDirectory([{ authcid: 'user', hmacMd5State: hmacMd5State(utf8('pencil')) }])
  for (const password of ['pencil', '\0', 'x'])
    assert.equal(await directory.verifyPassword('user', password, context), false)
  assert.ok(await directory.secret('user', context))
})

test('keys are made at once, for the hashes that are asked for', async () => {
  const directory = await memoryDirectory([{ authcid: 'user', password: 'pencil' }], {
    hashes: ['SHA-1', 'SHA-512'],
    iterations,
  })
  assert.deepEqual(directory.scramHashes, ['SHA-512', 'SHA-1'])
  assert.equal((await directory.scramCredentials('user', 'SHA-512', context))?.storedKey.length, 64)
  assert.equal(await directory.scramCredentials('user', 'SHA-256', context), undefined)
  assert.equal(await directory.scramCredentials('resu', 'SHA-1', context), undefined)
})

test('hashes for which only some accounts have keys are not offered by default', async () => {
  const scram = { 'SHA-1': await makeScramCredentials('SHA-1', 'pencil', { iterations }) }
  const directory = await memoryDirectory(
    [
      { authcid: 'old', scram },
      { authcid: 'new', password: 'pencil' },
    ],
    { iterations },
  )
  assert.deepEqual(directory.scramHashes, [])
})

test('names and passwords are prepared by one rule', async () => {
  const directory = await memoryDirectory([{ authcid: 'us\u00ader', password: 'pen\u00adcil' }], {
    hashes: [],
  })
  assert.deepEqual(await directory.verifyPassword('user', 'pencil', context), { authcid: 'us\u00ader' })
  assert.deepEqual(await directory.verifyPassword('user', 'pen\u00adcil', context), { authcid: 'us\u00ader' })
  const raw = await memoryDirectory([{ authcid: 'user', password: 'pen\u00adcil' }], {
    hashes: [],
    prepare: 'none',
  })
  assert.equal(await raw.verifyPassword('user', 'pencil', context), false)
  assert.deepEqual(await raw.verifyPassword('user', 'pen\u00adcil', context), { authcid: 'user' })
})

test('the rule of MongoDB serves PLAIN and both of its SCRAMs', async () => {
  const prepare = 'mongodb'
  const directory = await memoryDirectory([{ authcid: 'user', password: 'pencil' }], {
    hashes: ['SHA-1', 'SHA-256'],
    iterations,
    prepare,
  })
  assert.deepEqual(await directory.verifyPassword('user', 'pencil', context), { authcid: 'user' })
  assert.equal(await directory.verifyPassword('user', 'eraser', context), false)
  for (const hash of ['SHA-1', 'SHA-256'] as const) {
    const { clientError } = await converse({
      client: new ClientExchange(scramClient(hash, { authcid: 'user', password: 'pencil' }, { prepare })),
      server: new ServerExchange(scramServer(hash, directory, { decoySecret: salt, prepare })),
    })
    assert.equal(clientError, undefined)
    const keys = await directory.scramCredentials('user', hash, context)
    const stored = await memoryDirectory([{ authcid: 'user', scram: { [hash]: keys! } }], {
      hashes: [],
      prepare,
    })
    assert.deepEqual(await stored.verifyPassword('user', 'pencil', context), { authcid: 'user' })
    assert.equal(await stored.verifyPassword('user', 'eraser', context), false)
    assert.equal(await stored.verifyPassword('resu', 'pencil', context), false)
  }
})

test('two accounts that are one after preparation, and accounts with nothing, are refused', async () => {
  await assert.rejects(
    memoryDirectory([
      { authcid: 'user', password: 'a' },
      { authcid: 'us\u00ader', password: 'b' },
    ]),
    RangeError,
  )
  await assert.rejects(memoryDirectory([{ authcid: 'user' }]), RangeError)
  await assert.rejects(memoryDirectory([{ authcid: '', password: 'a' }]), RangeError)
  await assert.rejects(
    memoryDirectory([{ authcid: 'user', password: '' }]),
    (error) => error instanceof RangeError && error.cause instanceof PreparationError,
  )
})

test('what is no list of accounts is told what one is', async () => {
  for (const none of [undefined, null, {}, 'user', { authcid: 'user', password: 'pencil' }])
    await assert.rejects(memoryDirectory(none as never), /^TypeError: accounts: a list of them, \[\{ authcid/)
  for (const none of [undefined, null, 'user', {}, { name: 'user', password: 'pencil' }, { authcid: 7 }])
    await assert.rejects(
      memoryDirectory([none] as never),
      /^TypeError: accounts\[0\]: an account is \{ authcid, password \}/,
    )
})

test('the empty password is never right, whatever was stored, nor one that the rule refuses', async () => {
  const hash = await hashFunction('SHA-256')
  const key = await hash.pbkdf2(utf8(''), salt, iterations)
  const bell = await hash.pbkdf2(utf8('pen\u0007cil'), salt, iterations)
  for (const [prepare, kept, password] of [
    ['saslprep', key, ''],
    ['none', key, ''],
    ['saslprep', bell, 'pen\u0007cil'],
  ] as const) {
    const pbkdf2 = { hash: 'SHA-256', salt, iterations, key: kept } as const
    const { verifyPassword } = await memoryDirectory([{ authcid: 'user', pbkdf2 }], { prepare })
    assert.equal(await verifyPassword('user', password, context), false)
  }
})

test('an account that is refused is so only for who knows its password', async () => {
  const directory = await memoryDirectory(
    [{ authcid: 'user', password: 'pencil', refused: 'credentials-expired' }],
    { iterations },
  )
  assert.deepEqual(await directory.verifyPassword('user', 'pencil', context), {
    refused: 'credentials-expired',
  })
  assert.equal(await directory.verifyPassword('user', 'eraser', context), false)
  assert.equal((await directory.scramCredentials('user', 'SHA-256', context))?.refused, 'credentials-expired')
  const secret = await directory.secret('user', context)
  assert.equal(typeof secret === 'object' && secret.refused, 'credentials-expired')
})

test('a directory without accounts knows nobody', async () => {
  const directory = await memoryDirectory([])
  assert.equal(await directory.verifyPassword('user', 'pencil', context), false)
  assert.equal(await directory.scramCredentials('user', 'SHA-256', context), undefined)
  assert.equal(await directory.secret('user', context), undefined)
})

test('credentials are made as RFC 7677 section 3 has them', async () => {
  const made = await makeScramCredentials('SHA-256', 'pencil', {
    salt: unbase64('W22ZaJ0SNY7soEsUEjb6gQ=='),
    iterations,
  })
  assert.equal(base64(made.storedKey), 'WG5d8oPm3OtcPnkdi4Uo7BkeZkBFzpcXkuLmtbsT4qY=')
  assert.equal(base64(made.serverKey), 'wfPLwcE6nTWhTAmQ7tl2KeoiWGPlZqQxSrmfPwDl2dU=')
})

test('credentials have a salt of their own and the count that every known client takes', async () => {
  const [one, other] = [
    await makeScramCredentials('SHA-256', 'pencil'),
    await makeScramCredentials('SHA-256', 'pencil'),
  ]
  assert.equal(one.iterations, 65_536)
  assert.equal(one.salt.length, 16)
  assert.notEqual(base64(one.salt), base64(other.salt))
})

test('credentials that would be weak, or of nothing, are refused', async () => {
  for (const options of [
    { iterations: 4095 },
    { iterations: Number.NaN },
    { iterations: 5000.5 },
    { salt: new Uint8Array(0) },
    { salt: new Uint8Array(1025) },
  ])
    await assert.rejects(makeScramCredentials('SHA-256', 'pencil', options), RangeError)
  await assert.rejects(
    makeScramCredentials('SHA-1', 'pencil', { prepare: 'mongodb' }),
    /^TypeError: .*pass \{ username \}/,
  )
  for (const password of ['', 'pen\u0007cil', 'pen\ud800cil'])
    await assert.rejects(makeScramCredentials('SHA-256', password), RangeError)
})

test('passwords are equal when they are the same, and at no other time', async () => {
  assert.equal(passwordEquals('pencil', 'pencil'), true)
  for (const other of ['', 'pencils', 'penci', 'Pencil', 'pencil\0']) {
    assert.equal(passwordEquals('pencil', other), false)
    assert.equal(passwordEquals(other, 'pencil'), false)
  }
})
