/** Schemes in braces: whose they are, in which encodings they come, and what is said of each. */
import assert from 'node:assert/strict'
import { createHash, pbkdf2Sync } from 'node:crypto'
import { test } from 'node:test'
import { inspect } from 'node:util'
import {
  type CredentialFormat,
  parseStoredCredential,
  type StoredCredential,
  verifyPassword,
} from '../../src/credentials/index.js'

const SHA1 = '0vxRJJChUDZGC1SJQBQ51tpUB/o='
const MD5_CRYPT = '$1$abcd$QAUIWiSLODOtSz9J37Vi80'

const STATE = '7f47ace0e2af8f6cdeb72c03243a8c87834e19104164d6a42de72d243adb4080'
const HA1 = 'e386e7e13f0ee7b92a7b6fac29d4e07d'
const SHA1_HEX = Buffer.from(SHA1, 'base64').toString('hex')
const DOVECOT_PBKDF2 = `$1$salt$1000$${'ab'.repeat(20)}`
const OTP = 'sha1 1024 89253a783b548656 ae5ef5fa313e7b42'
const KEY = 'a'.repeat(43)

test('a hint takes what that system has, and refuses the rest', () => {
  const TEXTS: readonly (readonly [text: string, ...formats: CredentialFormat[]])[] = [
    [`{SHA}${SHA1}`, 'ldap', 'dovecot', 'passlib', 'htpasswd'],
    [`{SHA1}${SHA1}`, 'dovecot'],
    ['{SHA256}E4CWaPtDY4Zwb2fcsFLtWEoEuhaowCoX1m00ww/O2iE=', 'ldap', 'dovecot', 'passlib'],
    ['{SSHA}ShTmNuetx7g2yXWiKsSLR0hZ5YVzYWx0c2FsdHNhbHRzYWx0', 'ldap', 'dovecot', 'passlib'],
    [`{CRYPT}${MD5_CRYPT}`, 'ldap', 'dovecot', 'passlib'],
    [`{MD5-CRYPT}${MD5_CRYPT}`, 'dovecot'],
    [`{MD5}${MD5_CRYPT}`, 'dovecot'],
    ['{MD5}qPaDC855Copn/C6E4SCTug==', 'ldap', 'dovecot', 'passlib'],
    ['{LDAP-MD5}qPaDC855Copn/C6E4SCTug==', 'dovecot'],
    // Encodings are Dovecot's alone.
    [`{SHA.b64}${SHA1}`, 'dovecot'],
    [`{SHA.hex}${SHA1_HEX}`, 'dovecot'],
    ['{SSHA.b64}ShTmNuetx7g2yXWiKsSLR0hZ5YVzYWx0c2FsdHNhbHRzYWx0', 'dovecot'],
    [`{CRYPT.b64}${btoa(MD5_CRYPT)}`, 'dovecot'],
    ['{CLEARTEXT.hex}70656e63696c', 'dovecot'],
    [`{MD5.b64}${btoa(MD5_CRYPT)}`, 'dovecot'],
    [`{PBKDF2.b64}${btoa(DOVECOT_PBKDF2)}`, 'dovecot'],
    ['{CLEARTEXT}pencil', 'ldap', 'dovecot'],
    ['{PLAIN}pencil', 'dovecot'],
    [`{PBKDF2-SHA256}1000$c2FsdA$${KEY.slice(1)}A`, 'ldap', 'passlib'],
    [`{PBKDF2}${DOVECOT_PBKDF2}`, 'dovecot'],
    [`{ARGON2}$argon2i$v=19$m=64,t=1,p=1$c2FsdHNhbHQ$${KEY.slice(1)}A`, 'ldap'],
    [`{ARGON2I}$argon2i$v=19$m=64,t=1,p=1$c2FsdHNhbHQ$${KEY.slice(1)}A`, 'dovecot'],
    [`{CRAM-MD5}${STATE}`, 'dovecot'],
    [`{OTP}${OTP}`, 'dovecot'],
  ]
  for (const [text, ...formats] of TEXTS)
    for (const hint of ['ldap', 'dovecot', 'passlib', 'htpasswd'] as const)
      if (formats.includes(hint))
        assert.equal(parseStoredCredential(text, { hint }).format, hint, `${text}, ${hint}`)
      else assert.throws(() => parseStoredCredential(text, { hint }), { problem: 'unsupported' }, hint)
  for (const [text, format] of TEXTS) assert.equal(parseStoredCredential(text).format, format, text)
})

test('hexadecimal without a word of it is Dovecot’s', async () => {
  for (const text of [`{SHA}${SHA1_HEX}`, '{MD5}a8f6830bce790a8a67fc2e84e12093ba']) {
    for (const hint of ['dovecot', undefined] as const) {
      const stored = parseStoredCredential(text, { hint })
      assert.equal(stored.format, 'dovecot')
      assert.equal(await verifyPassword(stored, 'pencil'), true, text)
    }
    for (const hint of ['ldap', 'passlib', 'htpasswd'] as const)
      assert.throws(
        () => parseStoredCredential(text, { hint }),
        hint === 'htpasswd' && text.startsWith('{MD5}')
          ? { problem: 'unsupported' }
          : { problem: 'malformed' },
      )
  }
})

test('Apache knows {SHA} in capitals alone, slapd and Dovecot in any case', () => {
  const read = (hint: CredentialFormat) => parseStoredCredential(`{sha}${SHA1}`, { hint }).scheme
  assert.equal(read('ldap'), 'sha')
  assert.equal(read('dovecot'), 'sha')
  assert.throws(() => read('htpasswd'), { problem: 'unsupported' })
})

test('{MD5} and {PBKDF2} are text to Dovecot, in whatever encoding it comes', async () => {
  const hexOf = (text: string) => Buffer.from(text).toString('hex')
  const pbkdf2 = `$1$salt$1000$${pbkdf2Sync('pencil', 'salt', 1000, 20, 'sha1').toString('hex')}`
  for (const [name, ...texts] of [
    ['MD5', MD5_CRYPT, 'qPaDC855Copn/C6E4SCTug==', 'a8f6830bce790a8a67fc2e84e12093ba'],
    ['PBKDF2', pbkdf2],
  ] as const)
    for (const text of texts)
      for (const stored of [`{${name}.hex}${hexOf(text)}`, `{${name}.B64}${btoa(text)}`])
        for (const hint of ['dovecot', undefined] as const)
          assert.equal(await verifyPassword(parseStoredCredential(stored, { hint }), 'pencil'), true, stored)
  // Octets of a digest are no text: doveadm refuses them as well.
  assert.throws(() => parseStoredCredential('{MD5.b64}qPaDC855Copn/C6E4SCTug=='), { problem: 'malformed' })
})

test('names and encodings may be in either case', () => {
  for (const text of [`{sha}${SHA1}`, `{Sha.B64}${SHA1}`, `{SHA.base64}${SHA1}`])
    assert.equal(parseStoredCredential(text).scheme, 'sha', text)
})

test('hexadecimal is taken for what it is only where it has the length of the digest', async () => {
  for (const text of [`{SHA}${SHA1_HEX}`, `{SHA.HEX}${SHA1_HEX}`, `{SHA1}${SHA1_HEX.toUpperCase()}`])
    assert.equal(await verifyPassword(parseStoredCredential(text), 'pencil'), true, text)
  // Base64 in which hexadecimal digits alone occur.
  assert.equal(parseStoredCredential(`{SHA384}${'ab12'.repeat(16)}`).scheme, 'sha384')
  assert.equal(parseStoredCredential(`{SSHA}${'ab12'.repeat(8)}`).parameters.saltLength, 4)
  assert.equal(parseStoredCredential(`{SSHA.B64}${'ab12'.repeat(8)}`).parameters.saltLength, 4)
})

type Said = Pick<StoredCredential, 'scheme' | 'format' | 'strength' | 'serves' | 'preparation' | 'parameters'>

const SAID: readonly (readonly [text: string, hint: CredentialFormat | undefined, said: Said])[] = [
  [
    `{CRAM-MD5}${STATE}`,
    undefined,
    {
      scheme: 'cram-md5',
      format: 'dovecot',
      strength: 'broken',
      serves: ['CRAM-MD5', 'password'],
      preparation: 'none',
      parameters: {},
    },
  ],
  [
    HA1,
    'digest-md5',
    {
      scheme: 'digest-md5',
      format: 'digest-md5',
      strength: 'broken',
      serves: ['DIGEST-MD5', 'password'],
      preparation: 'unknown',
      parameters: {},
    },
  ],
  [
    `{OTP}${OTP}`,
    undefined,
    {
      scheme: 'otp',
      format: 'dovecot',
      strength: 'weak',
      serves: ['OTP'],
      preparation: 'none',
      parameters: { algorithm: 'sha1', sequence: 1024 },
    },
  ],
  [
    '{PLAIN-TRUNC}8-tanstaaf',
    undefined,
    {
      scheme: 'plain-trunc',
      format: 'dovecot',
      strength: 'broken',
      serves: ['password'],
      preparation: 'none',
      parameters: { length: 8 },
    },
  ],
]

for (const [text, hint, said] of SAID)
  test(`${said.scheme}: what is said of it`, () => {
    const { scheme, format, strength, serves, preparation, parameters } = parseStoredCredential(text, {
      hint,
    })
    assert.deepEqual({ scheme, format, strength, serves, preparation, parameters }, said)
  })

test('an error says of which scheme it is', () => {
  for (const [text, problem, scheme] of [
    ['{CRAM-MD5}', 'malformed', 'CRAM-MD5'],
    ['{DIGEST-MD5}', 'malformed', 'DIGEST-MD5'],
    ['{OTP}', 'malformed', 'OTP'],
    ['{PLAIN}', 'malformed', 'cleartext'],
    ['{PLAIN-TRUNC}', 'malformed', 'PLAIN-TRUNC'],
    ['{SCRAM-SHA-1}', 'malformed', 'SCRAM-SHA-1'],
    ['{ARGON2}', 'malformed', 'Argon2'],
    ['{ARGON2ID}', 'malformed', 'Argon2'],
    [`{ARGON2ID}$argon2i$v=19$m=64,t=1,p=1$c2FsdHNhbHQ$${KEY.slice(1)}A`, 'malformed', 'Argon2'],
    [`{ARGON2I}$argon2id$v=19$m=64,t=1,p=1$c2FsdHNhbHQ$${KEY.slice(1)}A`, 'malformed', 'Argon2'],
    ['{CRYPT.HEX}zz', 'malformed', 'CRYPT'],
    ['{SHA.ROT13}', 'unsupported', 'SHA'],
    ['{PLAIN.HEX}x', 'malformed', 'PLAIN'],
    ['{PLAIN.HEX}ff', 'malformed', 'PLAIN'],
    ['{CRYPT}', 'unsupported', 'CRYPT'],
    ['{MD5-CRYPT}$6$', 'unsupported', 'MD5-CRYPT'],
    ['{SHA256-CRYPT}$6$', 'unsupported', 'SHA256-CRYPT'],
    ['{SHA512-CRYPT}$5$', 'unsupported', 'SHA512-CRYPT'],
    ['{BLF-CRYPT}$5$', 'unsupported', 'BLF-CRYPT'],
    ['{DES-CRYPT}$5$', 'unsupported', 'DES-CRYPT'],
    ['{MD5}$1$', 'malformed', 'md5-crypt'],
    ['{SENTINEL}', 'unknown', undefined],
  ] as const)
    assert.throws(() => parseStoredCredential(text), { problem, scheme }, text)
})

test('an LDAP value that does not begin with a scheme is cleartext, whatever follows', async () => {
  for (const text of ['x{SHA}y', ' {SHA}', '}', '$6$']) {
    const stored = parseStoredCredential(text, { hint: 'ldap' })
    assert.equal(stored.format, 'ldap')
    assert.equal(await verifyPassword(stored, text), true, text)
  }
})

test('what is kept for challenge mechanisms is had from a credential, or is not there', () => {
  const cleartext = parseStoredCredential('{PLAIN}pencil')
  assert.deepEqual(cleartext.secret, { secret: 'pencil' })
  assert.equal(cleartext.ha1, undefined)
  const state = parseStoredCredential(`{CRAM-MD5}${STATE}`)
  assert.deepEqual(state.secret, { hmacMd5State: Uint8Array.from(Buffer.from(STATE, 'hex')) })
  const digest = parseStoredCredential(`{DIGEST-MD5}${HA1}`)
  assert.deepEqual(digest.ha1, Uint8Array.from(Buffer.from(HA1, 'hex')))
  assert.equal(digest.secret, undefined)
})

test('whoever inspects a credential asks for none of its secrets', () => {
  for (const text of ['{PLAIN}pencil', `{CRAM-MD5}${STATE}`, `{DIGEST-MD5}${HA1}`]) {
    const shown = inspect(parseStoredCredential(text), { depth: 9, getters: true, showHidden: true })
    assert.match(shown, /^StoredCredential \{/)
    assert.doesNotMatch(shown, /pencil|Uint8Array|secret|ha1/i)
  }
})

test('HA1 is of a name, its realm and the password', async () => {
  for (const [username, realm, before] of [
    ['tim@example.org', undefined, 'tim:example.org:'],
    ['tim@home@example.org', undefined, 'tim@home:example.org:'],
    ['tim@example.org', 'example.com', 'tim@example.org:example.com:'],
    ['tim@example.org', '', 'tim@example.org::'],
    ['tim', 'example.org', 'tim:example.org:'],
    ['tim', undefined, 'tim::'],
    ['@example.org', undefined, ':example.org:'],
  ] as const) {
    const ha1 = createHash('md5').update(`${before}pencil`).digest('hex')
    const stored = parseStoredCredential(`{DIGEST-MD5}${ha1}`)
    assert.equal(await verifyPassword(stored, 'pencil', { username, realm }), true, before)
    assert.equal(await verifyPassword(stored, 'pencils', { username, realm }), false, before)
  }
})

test('PLAIN-TRUNC was cut where it is as long as it says, and was not where it is shorter', async () => {
  for (const [text, significant, fits, wrong] of [
    ['8-tanstaaf', 8, 'tanstaaftanstaaf', 'tanstaa'],
    ['8-pencil', undefined, 'pencil', 'pencils'],
    ['10-0123456789', 10, '0123456789x', '012345678'],
    ['6- a\nb c', 6, ' a\nb cx', ' a\nb'],
    ['4-üü', 4, 'üüx', 'ü'],
  ] as const) {
    const stored = parseStoredCredential(`{PLAIN-TRUNC}${text}`)
    assert.equal(stored.significantOctets, significant, text)
    assert.equal(await verifyPassword(stored, fits), true, text)
    assert.equal(await verifyPassword(stored, wrong), false, text)
  }
})
