import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Connection } from '../../../src/connection.js'
import type { Verdict } from '../../../src/directory.js'
import { type FileEvent, type PasswdFileStoreOptions, passwdFileStore } from '../../../src/node/index.js'
import { allowedNetworks } from '../../../src/node/stores/allowed-networks.js'
import { directory, type StoreEvent } from '../../../src/stores/index.js'
import { temporaryFile } from './temporary-file.js'

const decoySecret = new Uint8Array(32).fill(1)

async function reading(content: string, options: PasswdFileStoreOptions = {}) {
  const events: (FileEvent | StoreEvent)[] = []
  const log = (event: FileEvent | StoreEvent) => events.push(event)
  const store = await passwdFileStore(temporaryFile(content), { log, ...options })
  const from = directory(store, { decoySecret, log, prepare: options.prepare })
  const verdict = async (
    name: string,
    password: string,
    connection: Partial<Connection> = {},
  ): Promise<Verdict | string> => {
    try {
      return await from.verifyPassword(name, password, { connection: { secure: true, ...connection } })
    } catch (error) {
      return String(error)
    }
  }
  return { store, events, verdict }
}

test('users, passwords, comments and what is passed over', async () => {
  const { store, verdict, events } = await reading(
    [
      '# a comment',
      '',
      ':no name',
      'tim:{PLAIN}tanstaaftanstaaf:1000:1000:Tim:/home/tim:/bin/sh:userdb_mail=maildir:~/Maildir quota=1:2',
      'short:{plain}x',
      'windows:{PLAIN}y\r',
      'spaced:{PLAIN}a b#c',
      'crypt:$1$salt$qJH7.N4xYta3aEG/dfqo/0',
      'md5:{MD5}$1$salt$qJH7.N4xYta3aEG/dfqo/0:0:0',
      'hex:{SHA256.HEX}5e884898da28047151d0e56f8dc6292773603d0d6aabbd62a11ef721d1542d8',
      'sha:{SHA256.hex}5e884898da28047151d0e56f8dc6292773603d0d6aabbdd62a11ef721d1542d8',
      '',
    ].join('\n'),
  )
  assert.equal(store.size, 8)
  for (const [name, password] of [
    ['tim', 'tanstaaftanstaaf'],
    ['short', 'x'],
    ['windows', 'y'],
    ['spaced', 'a b#c'],
    ['crypt', 'password'],
    ['md5', 'password'],
    ['sha', 'password'],
  ] as const) {
    assert.deepEqual(await verdict(name, password), { authcid: name })
    assert.equal(await verdict(name, `${password} `), false)
  }
  assert.deepEqual(events, [])
  assert.match(
    String(await verdict('hex', 'password')),
    /^StoredCredentialError: sha256/,
    'a digit is missing',
  )
  assert.equal(events.length, 1)
})

test('users without a password are let in by none', async () => {
  const { verdict, events } = await reading(
    'a\nb:\nc::1:1\nd:!\ne:*\nf:!$1$salt$qJH7.N4xYta3aEG/dfqo/0\ng:::::::nopassword=y\n',
  )
  for (const name of ['a', 'b', 'c', 'd', 'e', 'f', 'g'])
    for (const password of ['', 'password', '!', '*'])
      assert.equal(await verdict(name, password), false, name)
  assert.deepEqual(events, [])
})

test('a password without braces is of the default scheme', async () => {
  const plain = await reading('a:!secret\nb:\nc:{SHA}5en6G6MezRroT3XKqkdPOmY/BfQ=\n', {
    defaultScheme: 'plain',
  })
  assert.deepEqual(await plain.verdict('a', '!secret'), { authcid: 'a' })
  assert.equal(await plain.verdict('b', ''), false)
  assert.deepEqual(await plain.verdict('c', 'secret'), { authcid: 'c' })
  const crypt = await reading('a:secret\n')
  assert.match(String(await crypt.verdict('a', 'secret')), /^StoredCredentialError: CRYPT/)
  for (const defaultScheme of ['NOBODY', '', 'x}y'])
    await assert.rejects(reading('', { defaultScheme }), RangeError)
})

test('Dovecot’s passwords are tried as they were sent, and its schemes are Dovecot’s', async () => {
  const { verdict } = await reading(
    'a:{PLAIN}pen\u00adcil\nb:{SHA1}0vxRJJChUDZGC1SJQBQ51tpUB/o=\nc:{ARGON2}x\n',
  )
  assert.deepEqual(await verdict('a', 'pen\u00adcil'), { authcid: 'a' })
  assert.deepEqual(await verdict('b', 'pencil'), { authcid: 'b' })
  assert.equal(await verdict('b', 'pen\u00adcil'), false)
  assert.match(String(await verdict('c', 'x')), /not a scheme of dovecot/)
})

test('nologin is told to whoever has proved themselves', async () => {
  const { verdict } = await reading(
    'a:{PLAIN}x::::::nologin\nb:{PLAIN}x::::::nodelay nologin=y\nc:{PLAIN}x::::::userdb_nologin=y\n',
  )
  for (const name of ['a', 'b']) {
    assert.deepEqual(await verdict(name, 'x'), { refused: 'account-disabled' })
    assert.equal(await verdict(name, 'y'), false)
  }
  assert.deepEqual(await verdict('c', 'x'), { authcid: 'c' })
})

test('allow_nets holds, whatever else does', async () => {
  const { verdict } = await reading(
    [
      'a:{PLAIN}x::::::allow_nets=192.0.2.0/24,2001:db8::/32,198.51.100.7',
      'b:{PLAIN}x::::::allow_nets=nonsense',
      'c:{PLAIN}x::::::allow_nets= nodelay',
      'd:{PLAIN}x::::::allow_nets=0.0.0.0/0 nologin',
      '',
    ].join('\n'),
  )
  for (const remoteAddress of [
    '192.0.2.0',
    '192.0.2.255',
    '198.51.100.7',
    '2001:db8:ffff::1',
    '::ffff:192.0.2.9',
  ])
    assert.deepEqual(await verdict('a', 'x', { remoteAddress }), { authcid: 'a' }, remoteAddress)
  for (const remoteAddress of [
    '192.0.3.0',
    '198.51.100.8',
    '2001:db9::1',
    '::1',
    'nonsense',
    '',
    undefined,
  ]) {
    assert.deepEqual(await verdict('a', 'x', { remoteAddress }), { refused: 'not-authorized' }, remoteAddress)
    assert.equal(await verdict('a', 'y', { remoteAddress }), false)
    for (const name of ['b', 'c'])
      assert.match(String(await verdict(name, 'x', { remoteAddress })), /^RangeError: allow_nets/)
  }
  for (const remoteAddress of ['192.0.2.1', '::1'])
    assert.deepEqual(await verdict('d', 'x', { remoteAddress }), { refused: 'account-disabled' })
  const real = (
    await reading(
      'a:{PLAIN}x::::::allow_nets=local,192.0.2.0/24 allow_real_nets=192.0.2.1\nb:{PLAIN}x::::::allow_nets=local\n',
    )
  ).verdict
  assert.deepEqual(await real('a', 'x', { remoteAddress: '192.0.2.1' }), { authcid: 'a' })
  assert.deepEqual(await real('a', 'x', { remoteAddress: '192.0.2.2' }), { refused: 'not-authorized' })
  for (const remoteAddress of [undefined, '', '127.0.0.1'])
    assert.deepEqual(await real('b', 'x', { remoteAddress }), { refused: 'not-authorized' })
  const twice = (await reading('a:{PLAIN}x::::::allow_nets=192.0.2.0/24 allow_nets=192.0.2.1,192.0.3.1\n'))
    .verdict
  assert.deepEqual(await twice('a', 'x', { remoteAddress: '192.0.2.1' }), { authcid: 'a' })
  for (const remoteAddress of ['192.0.2.2', '192.0.3.1'])
    assert.deepEqual(await twice('a', 'x', { remoteAddress }), { refused: 'not-authorized' })
})

test('networks that are none are refused', () => {
  for (const text of [
    '',
    ',',
    '192.0.2.0/33',
    '192.0.2.0/',
    '192.0.2.0/x',
    '192.0.2.0/-1',
    '192.0.2.0/1e1',
    '192.0.2.0/8/8',
    '192.0.2',
    'locally',
    '::/129',
    '192.0.2.1,',
  ])
    assert.throws(() => allowedNetworks(text), /^RangeError: allow_nets/, text)
  assert.ok(allowedNetworks(' 192.0.2.1 , ::1 ')('::1'))
  assert.ok(!allowedNetworks('::/0')('192.0.2.1'), 'an IPv4 address is none of IPv6')
})

test('user= is the canonical name: an alias is the file’s to say', async () => {
  const { verdict, events } = await reading(
    [
      'alias:{PLAIN}x::::::user=tim',
      'Tim:{PLAIN}y::::::user=tim',
      'twice:{PLAIN}x::::::user=tim user=last',
      'u@example.org:{PLAIN}x::::::user=%u+%%+%n+%d',
      'v@example.org:{PLAIN}x::::::user=%{user}+%{username}+%{domain}',
      '',
    ].join('\n'),
    { prepare: 'precis' },
  )
  for (const [name, password, authcid] of [
    ['alias', 'x', 'tim'],
    ['tim', 'y', 'tim'],
    ['twice', 'x', 'last'],
    ['u@example.org', 'x', 'u@example.org+%+u+example.org'],
    ['v@example.org', 'x', 'v@example.org+v+example.org'],
  ] as const) {
    assert.deepEqual(await verdict(name, password), { authcid })
    assert.equal(await verdict(name, `${password}x`), false)
  }
  for (const name of ['last', 'tom', 'u@example.org+%+u+example.org'])
    assert.equal(await verdict(name, 'x'), false)
  assert.deepEqual(events, [])
})

test('another name in a way that is not read lets nobody in, rather than as somebody else', async () => {
  const fields = [
    'user=',
    'user',
    'user=%s',
    'user=%Lu',
    'user=50%',
    'username=a',
    'domain=a',
    'login_user=a',
  ]
  const { verdict } = await reading(fields.map((field, at) => `u${at}:{PLAIN}x::::::${field}\n`).join(''))
  for (const at of fields.keys())
    assert.match(String(await verdict(`u${at}`, 'x')), /^RangeError: (user|username|domain|login_user): /)
})

test('fail and noauthenticate let nobody in; fields are separated by spaces, and are none in other case', async () => {
  const { verdict } = await reading(
    [
      'a:{PLAIN}x::::::fail=closed',
      'b:{PLAIN}x::::::noauthenticate',
      'c:{PLAIN}x::::::reason=a\tnologin FAIL=yes Nologin',
      'd:{PLAIN}x::::::  nologin  ',
      'e:{PLAIN}x:1:1:nologin:/home/nologin:fail',
      '',
    ].join('\n'),
  )
  for (const name of ['a', 'b']) assert.equal(await verdict(name, 'x'), false)
  for (const name of ['c', 'e']) assert.deepEqual(await verdict(name, 'x'), { authcid: name })
  assert.deepEqual(await verdict('d', 'x'), { refused: 'account-disabled' })
})

test('who is shut out is shut out with a good token, too; who has no password is not', async () => {
  const rows = [
    'a:{PLAIN}x::::::fail',
    'b:{PLAIN}x::::::noauthenticate',
    'c:{PLAIN}x::::::nologin',
    'd:!x',
    'e:',
  ]
  const { store } = await reading(`${rows.join('\n')}\n`)
  const [request, context] = [
    { authzid: undefined, host: undefined, port: undefined },
    { connection: { secure: true } },
  ]
  const accounts = directory(store, { decoySecret, verifyToken: (token) => ({ authcid: token }) })
  for (const token of ['a', 'b', 'c'])
    assert.deepEqual(await accounts.verifyToken!(token, request, context), { refused: 'account-disabled' })
  for (const token of ['d', 'e'])
    assert.deepEqual(await accounts.verifyToken!(token, request, context), { authcid: token })
})

test('delay_until holds until then', async () => {
  let seconds = 1000
  const { verdict } = await reading(
    'a:{PLAIN}x::::::delay_until=1000\nb:{PLAIN}x::::::delay_until=1001+30\nc:{PLAIN}x::::::delay_until=soon\n',
    { now: () => seconds * 1000 },
  )
  assert.deepEqual(await verdict('a', 'x'), { authcid: 'a' })
  assert.deepEqual(await verdict('b', 'x'), { refused: 'not-authorized' })
  assert.equal(await verdict('b', 'y'), false, 'nobody is told before they have proved themselves')
  assert.match(String(await verdict('c', 'x')), /not a time/)
  seconds++
  assert.deepEqual(await verdict('b', 'x'), { authcid: 'b' })
})

test('a name that is there twice lets nobody in, and one that no login can have is passed over', async () => {
  const content =
    'user:{PLAIN}a\nother:{PLAIN}c\nus\u00ader:{PLAIN}b\nus\u0007er:{PLAIN}x\n\u{e000}:{PLAIN}x\n'
  const { store, verdict, events } = await reading(content)
  assert.deepEqual(
    events.map((event) => event.kind === 'line-refused' && event.line),
    [3, 4, 5],
  )
  assert.equal(store.size, 2)
  assert.ok(
    !JSON.stringify(
      events.map(({ kind, ...rest }) => [kind, String((rest as { cause: unknown }).cause)]),
    ).includes('PLAIN'),
  )
  for (const password of ['a', 'b'])
    assert.match(String(await verdict('user', password)), /more than one account/)
  assert.deepEqual(await verdict('other', 'c'), { authcid: 'other' })
})

test('names are prepared by the rule that is given', async () => {
  const { verdict } = await reading('User@Example.org:{PLAIN}x\n', { prepare: 'precis' })
  assert.deepEqual(await verdict('user@example.org', 'x'), { authcid: 'User@Example.org' })
})
