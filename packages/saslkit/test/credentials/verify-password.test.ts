import assert from 'node:assert/strict'
import { test } from 'node:test'
import { inspect } from 'node:util'
import {
  makeStoredCredential,
  parseStoredCredential,
  type StoredCredential,
  verifyPassword,
} from '../../src/credentials/index.js'
import { KNOWN_ANSWERS } from './known-answers.js'

const make = (
  password: string,
  scheme: 'sha512-crypt' | 'SCRAM-SHA-256' | 'pbkdf2-sha256' | 'bcrypt' = 'SCRAM-SHA-256',
) => makeStoredCredential(password, { scheme, rounds: 1000, iterations: 4096, cost: 4 })

test('the empty password fits nothing', async () => {
  // {SHA} of the empty string, which OpenLDAP would let in.
  const stored = parseStoredCredential('{SHA}2jmj7l5rSw0yVb/vlWAYkK/YBwk=')
  assert.equal(await verifyPassword(stored, ''), false)
})

test('a password of 1,024 octets is looked at, one of 1,025 is not', async () => {
  const longest = 'ü'.repeat(512)
  assert.equal(await verifyPassword(await make(longest, 'pbkdf2-sha256'), longest), true)
  const longer = `${longest}x`
  const { createHash } = await import('node:crypto')
  const stored = parseStoredCredential(`{SHA256}${createHash('sha256').update(longer).digest('base64')}`)
  assert.equal(await verifyPassword(stored, longer), false)
  assert.equal(await verifyPassword(stored, longer, { maxLength: 1025 }), true)
})

test("a lone surrogate is the caller's mistake", async () => {
  await assert.rejects(verifyPassword(await make('x'), '\ud800'), TypeError)
})

test('bcrypt counts 72 octets, and says so', async () => {
  const stored = await make('x'.repeat(72), 'bcrypt')
  assert.equal(stored.significantOctets, 72)
  assert.equal(await verifyPassword(stored, 'x'.repeat(72)), true)
  assert.equal(await verifyPassword(stored, `${'x'.repeat(72)}y`), true)
  assert.equal(await verifyPassword(stored, 'x'.repeat(71)), false)
  assert.equal(await verifyPassword(stored, `${'x'.repeat(71)}y`), false)
})

test('a character that bcrypt cuts in two does not change the answer', async () => {
  // The 72nd octet is the first half of "ü".
  const { password, text } = { password: `${'x'.repeat(71)}ü`, text: '$2b$04$abcdefghijklmnopqrstuu' }
  assert.equal(password.length, 72)
  const bcryptjs = (await import('bcryptjs')).default
  const stored = parseStoredCredential(await bcryptjs.hash(password, text))
  assert.equal(await verifyPassword(stored, password), true)
})

for (const scheme of ['sha512-crypt', 'bcrypt'] as const)
  test(`${scheme}: what follows a NUL is not forgotten`, async () => {
    const stored = await make('sentinel', scheme)
    assert.equal(await verifyPassword(stored, 'sentinel'), true)
    assert.equal(await verifyPassword(stored, 'sentinel\0'), false)
    assert.equal(await verifyPassword(stored, 'sentinel\0x'), false)
  })

test('a NUL is never right for crypt(3), even where the hash is of it', async () => {
  const bcryptjs = (await import('bcryptjs')).default
  const stored = parseStoredCredential(await bcryptjs.hash('a\0b', 4))
  assert.equal(await verifyPassword(stored, 'a\0b'), false)
})

test('DES counts 8 octets, and says so', () => {
  const { text } = KNOWN_ANSWERS.find(({ scheme }) => scheme === 'des-crypt')!
  assert.equal(parseStoredCredential(text).significantOctets, 8)
})

const preparations: readonly [
  what: string,
  format: string,
  made: string,
  presented: string,
  fits: boolean,
][] = [
  ['SASLprep: another form of the same', 'saslprep', 'Å', 'A\u030a', true],
  ['SASLprep: a Roman numeral', 'saslprep', 'IX', '\u2168', true],
  ['none: another form is another password', 'none', 'Å', 'A\u030a', false],
  ['none: as it was sent', 'none', 'A\u030a', 'A\u030a', true],
  ['unknown: as it was sent', 'unknown', 'A\u030a', 'A\u030a', true],
  ['unknown: as SASLprep has it', 'unknown', 'Å', 'A\u030a', true],
  ['unknown: not the other way round', 'unknown', 'A\u030a', 'Å', false],
  ['unknown: what SASLprep refuses is tried as it is', 'unknown', 'a\u0007', 'a\u0007', true],
  ['SASLprep: what it refuses fits nothing', 'saslprep', 'a\u0007', 'a\u0007', false],
  ['PostgreSQL: what SASLprep refuses is taken as it is', 'postgresql', 'a\u0007', 'a\u0007', true],
]

for (const [what, preparation, made, presented, fits] of preparations)
  test(`preparation ${what}`, async () => {
    const { createHash } = await import('node:crypto')
    const text = `{SHA256}${createHash('sha256').update(made).digest('base64')}`
    const stored = parseStoredCredential(text, {
      preparation: preparation as StoredCredential['preparation'],
    })
    assert.equal(await verifyPassword(stored, presented), fits)
  })

test('cleartext fits in any form that SASLprep makes one', async () => {
  const stored = parseStoredCredential('A\u030a', { hint: 'cleartext' })
  assert.equal(await verifyPassword(stored, 'Å'), true)
  assert.equal(await verifyPassword(stored, 'A\u030a'), true)
  assert.equal(await verifyPassword(stored, 'A'), false)
})

test('a hint says what a system does to passwords', () => {
  const text = KNOWN_ANSWERS.find(
    ({ scheme, format }) => scheme === 'SCRAM-SHA-256' && format === 'dovecot',
  )!.text
  assert.equal(parseStoredCredential(text).preparation, 'unknown')
  assert.equal(parseStoredCredential(text, { hint: 'dovecot' }).preparation, 'none')
  assert.equal(parseStoredCredential(text, { hint: 'gsasl' }).preparation, 'saslprep')
})

test('a bare secret is read by its hint', async () => {
  const state = KNOWN_ANSWERS.find(({ text }) => text.startsWith('{CRAM-MD5}'))!
  const stored = parseStoredCredential(state.text.slice('{CRAM-MD5}'.length), { hint: 'cram-md5' })
  assert.deepEqual(stored.serves, ['CRAM-MD5', 'password'])
  assert.equal(await verifyPassword(stored, state.password), true)
  const ha1 = KNOWN_ANSWERS.find(({ text }) => text.startsWith('{DIGEST-MD5}'))!
  const digest = parseStoredCredential(ha1.text.slice('{DIGEST-MD5}'.length), { hint: 'digest-md5' })
  assert.equal(digest.ha1?.length, 16)
  assert.equal(await verifyPassword(digest, ha1.password, { username: 'tim', realm: 'example.org' }), true)
  assert.equal(await verifyPassword(digest, ha1.password, { username: 'tim', realm: 'example.com' }), false)
})

test('an LDAP value without braces is cleartext', async () => {
  const stored = parseStoredCredential('sentinel', { hint: 'ldap' })
  assert.equal(stored.scheme, 'cleartext')
  assert.equal(await verifyPassword(stored, 'sentinel'), true)
})

test('a scheme that mixes the name in asks for it', async () => {
  const needing = KNOWN_ANSWERS.filter(
    ({ scheme, format }) => scheme === 'digest-md5' || (format === 'mongodb' && scheme === 'SCRAM-SHA-1'),
  )
  assert.ok(needing.length > 2)
  for (const { text, password } of needing)
    await assert.rejects(verifyPassword(parseStoredCredential(text), password), /pass \{ username \}/)
})

test('an OTP cannot be checked against a password', async () => {
  const stored = parseStoredCredential('{OTP}sha1 1024 00066f06c19da945 d9e8e30af25a28b3')
  await assert.rejects(verifyPassword(stored, 'x'), TypeError)
})

test('an aborted check rejects with the reason', async () => {
  const reason = new Error('enough')
  const stored = parseStoredCredential(`$6$rounds=5000000$salt$${'x'.repeat(86)}`)
  await assert.rejects(verifyPassword(stored, 'x', { signal: AbortSignal.abort(reason) }), reason)
  const aborting = new AbortController()
  const checking = verifyPassword(stored, 'x', { signal: aborting.signal })
  setImmediate(() => aborting.abort(reason))
  await assert.rejects(checking, reason)
})

test('slow hashes in JavaScript stop when aborted, and let others run', async () => {
  const stored = ['$6$rounds=5000000$salt$', '$5$rounds=5000000$salt$'].map((text) =>
    parseStoredCredential(text + 'x'.repeat(text[1] === '6' ? 86 : 43)),
  )
  const others = [
    parseStoredCredential(`$P$K${'x'.repeat(30)}`),
    parseStoredCredential(`$y$jDT$salt$${'x'.repeat(43)}`),
  ]
  let turns = 0
  const timer = setInterval(() => turns++, 1)
  for (const each of [...stored, ...others]) {
    const abort = new AbortController()
    const checking = verifyPassword(each, 'x', { signal: abort.signal })
    setTimeout(() => abort.abort(), 50)
    await assert.rejects(checking, { name: 'AbortError' })
  }
  clearInterval(timer)
  assert.ok(turns > 4)
})

test('slow hashes in JavaScript stop by themselves, so that their slot is free', async () => {
  const { shaCrypt } = await import('../../src/credentials/hashes/sha-crypt.js')
  const { phpass } = await import('../../src/credentials/hashes/phpass.js')
  const { yescrypt } = await import('../../src/credentials/hashes/yescrypt.js')
  const octets = new Uint8Array(16)
  for (const hash of [
    (signal: AbortSignal) => shaCrypt('SHA-512', octets, 'salt', 5_000_000, signal),
    (signal: AbortSignal) => phpass(octets, 'saltsalt', 5_000_000, signal),
    (signal: AbortSignal) => yescrypt(octets, octets, { N: 16_384, r: 8, p: 1, t: 3 }, signal),
  ]) {
    const aborting = new AbortController()
    const hashing = hash(aborting.signal)
    setImmediate(() => aborting.abort())
    await assert.rejects(hashing, { name: 'AbortError' })
  }
})

test('an aborted check of what is quick rejects too', async () => {
  const stored = parseStoredCredential('{SHA}0vxRJJChUDZGC1SJQBQ51tpUB/o=')
  await assert.rejects(verifyPassword(stored, 'pencil', { signal: AbortSignal.abort() }), {
    name: 'AbortError',
  })
})

test('password hashes wait in the queue of key derivations', async () => {
  const { derivations } = await import('../../src/crypto/node.js')
  let release = () => {}
  const gate = new Promise<void>((resolve) => {
    release = resolve
  })
  const occupied = [1, 2, 3].map(() => derivations.run(() => gate))
  const { text, password } = KNOWN_ANSWERS.find(({ scheme }) => scheme === 'md5-crypt')!
  let settled = false
  const checking = verifyPassword(parseStoredCredential(text), password).then((fits) => {
    settled = true
    return fits
  })
  for (let turn = 0; turn < 20; turn++) await new Promise((resolve) => setImmediate(resolve))
  assert.equal(settled, false)
  release()
  assert.equal(await checking, true)
  await Promise.all(occupied)
})

test('what waits for its turn can be aborted', async () => {
  const slow = new AbortController()
  const stored = parseStoredCredential(`$6$rounds=5000000$salt$${'x'.repeat(86)}`)
  const running = [1, 2, 3, 4].map(() => verifyPassword(stored, 'x', { signal: slow.signal }))
  const waiting = new AbortController()
  const queued = verifyPassword(stored, 'x', { signal: waiting.signal })
  waiting.abort()
  await assert.rejects(queued, { name: 'AbortError' })
  slow.abort()
  for (const each of running) await assert.rejects(each, { name: 'AbortError' })
})

test('a stored credential shows nothing of what it keeps', () => {
  for (const answer of KNOWN_ANSWERS) {
    const stored = parseStoredCredential(answer.text)
    const cloned = structuredClone({ ...stored })
    const shown = [
      inspect(stored, { depth: 9, showHidden: true }),
      JSON.stringify(stored),
      String(stored),
      inspect(cloned),
    ].join()
    const parts = answer.text
      .split(/[$:,{}<>"; ]|[\w-]+=/)
      .filter((part) => part.length > 12 && !part.startsWith('SCRAM-SHA') && part !== answer.scheme)
    for (const part of parts) assert.ok(!shown.includes(part), `${answer.scheme}: ${part}`)
    assert.ok(!shown.includes(answer.password))
  }
})
