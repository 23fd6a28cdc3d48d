/** Each known answer is read from its first character to its last, as the format that it is of. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { parseStoredCredential, StoredCredentialError } from '../../src/credentials/index.js'
import { parseCleartext } from '../../src/credentials/schemes/cleartext.js'
import { SCHEMES } from '../../src/credentials/schemes/table.js'
import { KNOWN_ANSWERS } from './known-answers.js'

/** What a text is read as; undefined where it is refused. */
function readAs(text: string, hint?: never): readonly [scheme: string, format: string] | undefined {
  try {
    const { scheme, format } = parseStoredCredential(text, { hint })
    return [scheme, format]
  } catch (error) {
    if (error instanceof StoredCredentialError) return undefined
    throw error
  }
}

for (const scheme of new Set(KNOWN_ANSWERS.map((answer) => answer.scheme)))
  test(`${scheme}: each text is read under its own format, and none with something before or behind it`, () => {
    for (const { text, format } of KNOWN_ANSWERS.filter((answer) => answer.scheme === scheme)) {
      assert.deepEqual(readAs(text, format as never), [scheme, format], text)
      assert.throws(() => parseStoredCredential(text, { hint: 'none such' as never }))
      if (format === 'cleartext' || scheme === 'cleartext') continue
      for (const altered of [`x${text}`, `$${text}`, `{X}${text}`])
        assert.notDeepEqual(readAs(altered), [scheme, format], altered)
    }
  })

test('each scheme is of these formats, and is looked for in this order', () => {
  assert.deepEqual(
    SCHEMES.map(({ name, formats }) => [name, formats.join(' ')]),
    [
      ['a scheme in braces', 'ldap dovecot htpasswd gsasl passlib'],
      ['SCRAM (RFC 5803, PostgreSQL)', 'postgresql rfc5803'],
      ['SCRAM (passlib)', 'passlib'],
      ['SCRAM (Kafka)', 'kafka'],
      ['SCRAM (MongoDB)', 'mongodb'],
      ['SCRAM (ejabberd)', 'ejabberd'],
      ['SCRAM (ejabberd)', 'ejabberd'],
      ['SCRAM (Prosody)', 'prosody'],
      ['SCRAM (Prosody)', 'prosody'],
      ['Argon2', 'phc passlib'],
      ['scrypt', 'phc passlib'],
      ['PBKDF2', 'phc passlib'],
      ['PBKDF2 (Django)', 'django'],
      ['bcrypt', 'crypt htpasswd passlib phc dovecot'],
      ['sha512-crypt', 'crypt htpasswd passlib dovecot'],
      ['sha256-crypt', 'crypt htpasswd passlib dovecot'],
      ['md5-crypt', 'crypt htpasswd passlib dovecot'],
      ['apr1', 'htpasswd passlib'],
      ['yescrypt', 'crypt htpasswd dovecot'],
      ['scrypt (crypt)', 'crypt htpasswd dovecot'],
      ['phpass', 'wordpress passlib'],
      ['des-crypt', 'crypt htpasswd passlib dovecot'],
      ['bigcrypt', 'crypt htpasswd passlib dovecot'],
      ['CRAM-MD5', 'cram-md5'],
      ['DIGEST-MD5', 'digest-md5'],
      ['cleartext', 'ldap'],
      ['cleartext', 'cleartext'],
    ],
  )
})

test('a cleartext password serves every mechanism that asks for one, and protects nothing', () => {
  const { scheme, format, strength, serves, preparation, parameters } = parseCleartext('pencil', 'cleartext')
  assert.deepEqual(
    [scheme, format, strength, preparation, parameters],
    ['cleartext', 'cleartext', 'broken', 'unknown', {}],
  )
  assert.deepEqual([...serves].sort(), [
    'CRAM-MD5',
    'DIGEST-MD5',
    'OTP',
    'SCRAM-SHA-1',
    'SCRAM-SHA-224',
    'SCRAM-SHA-256',
    'SCRAM-SHA-384',
    'SCRAM-SHA-512',
    'SCRAM-SHA3-512',
    'password',
  ])
  assert.equal(parseCleartext('pencil', 'dovecot').preparation, 'none')
  for (const text of ['', '\ud800'])
    assert.throws(() => parseCleartext(text, 'ldap'), { problem: 'malformed', scheme: 'cleartext' })
})
