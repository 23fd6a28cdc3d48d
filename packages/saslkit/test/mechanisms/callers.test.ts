/** What the caller gets wrong is a TypeError or a RangeError that says what to pass, at once where it can be. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ClientExchange } from '../../src/exchange/client.js'
import { anonymousClient } from '../../src/mechanisms/anonymous.js'
import { cramMd5Client } from '../../src/mechanisms/cram-md5.js'
import { externalClient } from '../../src/mechanisms/external.js'
import { loginClient } from '../../src/mechanisms/login.js'
import { oauthBearerClient } from '../../src/mechanisms/oauthbearer.js'
import { plainClient } from '../../src/mechanisms/plain.js'
import { scramClient } from '../../src/mechanisms/scram/client.js'
import { scramServer } from '../../src/mechanisms/scram/server.js'
import { xoauth2Client } from '../../src/mechanisms/xoauth2.js'
import { text, utf8 } from '../../src/octets.js'

const password = 'pencil'
const token = 'token'
const BAD_NAMES: readonly string[] = [
  '',
  'us\0er',
  'us\ud800er',
  undefined as never,
  7 as never,
  null as never,
]

test('a name that no message can carry is a TypeError', () => {
  for (const authcid of BAD_NAMES)
    for (const make of [
      () => plainClient({ authcid, password }),
      () => loginClient({ authcid, password }),
      () => cramMd5Client({ authcid, password }),
      () => scramClient('SHA-256', { authcid, password }),
      () => xoauth2Client({ authcid, token }),
    ])
      assert.throws(make, (error) => error instanceof TypeError && error.message.includes('authcid'))
  assert.throws(() => xoauth2Client({ authcid: 'us\x01er', token }), TypeError)
})

test('an authzid that no message can carry is a TypeError, and an empty one is none', async () => {
  const authcid = 'user'
  for (const authzid of BAD_NAMES.filter((name) => name !== undefined && name !== ''))
    for (const make of [
      () => plainClient({ authcid, password, authzid }),
      () => scramClient('SHA-256', { authcid, password, authzid }),
      () => externalClient({ authzid }),
      () => oauthBearerClient({ token, authzid }),
    ])
      assert.throws(make, (error) => error instanceof TypeError && error.message.includes('authzid'))
  const exchange = new ClientExchange(plainClient({ authcid, password, authzid: '' }), {
    connection: { secure: true },
  })
  assert.equal(text((await exchange.start())!), '\0user\0pencil')
})

test('mechanisms that cannot carry an authzid say so', () => {
  const credentials = { authcid: 'user', password, authzid: 'admin' }
  assert.throws(() => loginClient(credentials), /LOGIN cannot carry an authzid; use PLAIN/)
  assert.throws(() => cramMd5Client(credentials), /CRAM-MD5 cannot carry an authzid/)
})

test('trace information that is none is a TypeError', () => {
  for (const trace of ['a'.repeat(256), 'a\nb', 'a@b@c', 'a\0b', '\ud800'])
    assert.throws(() => anonymousClient({ trace }), TypeError)
})

test('a SCRAM variant that is none is a RangeError, whatever objects have anyway', () => {
  for (const variant of [
    'SHA-257',
    'sha-256',
    'MD5',
    '',
    '-PLUS',
    'SHA-256-PLUS-PLUS',
    '__proto__',
    'constructor',
  ]) {
    assert.throws(() => scramClient(variant as never, { authcid: 'user', password }), RangeError, variant)
    assert.throws(
      () =>
        scramServer(
          variant as never,
          { scramCredentials: () => undefined },
          { decoySecret: new Uint8Array(16) },
        ),
      RangeError,
      variant,
    )
  }
})

test('a nonce that is none is a RangeError, on the client as it starts', async () => {
  for (const nonce of ['', 'a,b', 'a b', '\u00e9', 'a'.repeat(1025)]) {
    const exchange = new ClientExchange(
      scramClient('SHA-256', { authcid: 'user', password }, { nonce: () => nonce }),
    )
    await assert.rejects(async () => exchange.start(), RangeError)
  }
})

test('a password may be octets, and is a TypeError when it is nothing that can be sent', async () => {
  const connection = { secure: true }
  const plain = (given: unknown) =>
    new ClientExchange(plainClient({ authcid: 'user', password: given as never }), { connection })
  assert.equal(text((await plain(utf8('pencil')).start())!), '\0user\0pencil')
  assert.equal(text((await plain(Buffer.from('pencil')).start())!), '\0user\0pencil')
  for (const wrong of ['', 'a\0b', '\ud800', new Uint8Array(0), Uint8Array.of(0xff), 7, null, undefined, {}])
    await assert.rejects(
      async () => plain(wrong).start(),
      /^TypeError: password \(or its UTF-8 octets\) must/,
    )
})

test('OAUTHBEARER sends no host that its message cannot carry, least of all one that goes on as another key', async () => {
  const sent = async (host: string) =>
    text(
      (await new ClientExchange(oauthBearerClient({ token: 'token' }), {
        connection: { secure: true, host },
      }).start())!,
    )
  assert.equal(await sent('mail.example'), 'n,,\x01host=mail.example\x01auth=Bearer token\x01\x01')
  for (const host of ['a\x01auth=Bearer other', 'b\u00fccher.example', 'a b', 'a\n', ''])
    assert.equal(await sent(host), 'n,,\x01auth=Bearer token\x01\x01', host)
})
