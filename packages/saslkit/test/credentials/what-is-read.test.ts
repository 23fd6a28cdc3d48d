/** What is read of one credential of each password hash, cheap ones: what it says of itself, and what is not one any more. */
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import {
  type CredentialFormat,
  parseStoredCredential,
  StoredCredentialError,
  verifyPassword,
} from '../../src/credentials/index.js'
import { CHEAP_CREDENTIALS } from './cheap-credentials.js'

/** What is the matter with a text, and what scheme it was taken for. */
function refusal(
  text: string,
  hint?: CredentialFormat,
): readonly [problem: string, scheme: string | undefined] {
  try {
    return ['none', parseStoredCredential(text, { hint }).scheme]
  } catch (error) {
    if (error instanceof StoredCredentialError) return [error.problem, error.scheme]
    throw error
  }
}

for (const { text, hint, source, marker, ...said } of CHEAP_CREDENTIALS)
  describe(text.slice(0, 20), () => {
    test(`says what it is, and fits as it did for ${source}`, async () => {
      const stored = parseStoredCredential(text, { hint })
      const { scheme, format, strength, parameters, significantOctets } = stored
      const read = { scheme, format, strength, parameters, ...(significantOctets && { significantOctets }) }
      assert.deepEqual(read, said)
      assert.deepEqual(stored.serves, ['password'])
      assert.equal(
        await verifyPassword(stored, source.includes('pencilpencil') ? 'pencilpencil' : 'pencil'),
        true,
      )
      assert.equal(await verifyPassword(stored, 'Pencil'), false)
    })

    test('is unknown with anything before it', () => {
      for (const before of ['x', ' ', '\n', '!'])
        assert.deepEqual(refusal(before + text), ['unknown', undefined])
      if (hint) assert.deepEqual(refusal(text), ['unknown', undefined], 'without the hint')
    })

    test('is none with anything behind it, or begun twice', () => {
      for (const behind of ['\n', ' ', '!', '$', ':', '\0'])
        assert.notEqual(refusal(text + behind, hint)[0], 'none', JSON.stringify(behind))
      if (marker) assert.equal(refusal(marker + text)[0], 'malformed')
    })
  })

test('bigcrypt has 1 to 15 pieces of 11 digits behind the first', () => {
  for (const digits of [24, 35, 178])
    assert.equal(refusal('x'.repeat(digits), 'crypt')[1], 'bigcrypt', `${digits}`)
  for (const digits of [14, 18, 23, 25, 177, 179, 189])
    assert.deepEqual(refusal('x'.repeat(digits), 'crypt'), ['unknown', undefined], `${digits}`)
})

for (const [scheme, formats] of [
  ['argon2id', ['phc', 'passlib']],
  ['scrypt', ['phc', 'passlib']],
  ['yescrypt', ['crypt', 'htpasswd', 'dovecot']],
  ['bcrypt', ['crypt', 'htpasswd', 'passlib', 'phc', 'dovecot']],
  ['sha256-crypt', ['crypt', 'htpasswd', 'passlib', 'dovecot']],
  ['sha512-crypt', ['crypt', 'htpasswd', 'passlib', 'dovecot']],
  ['md5-crypt', ['crypt', 'htpasswd', 'passlib', 'dovecot']],
  ['apr1', ['htpasswd', 'passlib']],
  ['phpass', ['wordpress', 'passlib']],
  ['des-crypt', ['crypt', 'htpasswd', 'passlib', 'dovecot']],
  ['bigcrypt', ['crypt', 'htpasswd', 'passlib', 'dovecot']],
] as const)
  test(`${scheme} is of the format that a hint says`, () => {
    const { text } = CHEAP_CREDENTIALS.find((row) => row.scheme === scheme)!
    for (const hint of formats) assert.equal(parseStoredCredential(text, { hint }).format, hint)
  })

test('strong is what has 7 MiB, 10,000 iterations or a cost of 10', () => {
  for (const [weak, strong] of [
    ['$argon2id$v=19$m=7167,t=1,p=1', '$argon2id$v=19$m=7168,t=1,p=1'],
    ['$scrypt$ln=10,r=55,p=1', '$scrypt$ln=10,r=56,p=1'],
    ['$pbkdf2-sha256$9999', '$pbkdf2-sha256$10000'],
  ] as const) {
    const rest = '$c2FsdHNhbHQ$jeHutNAspXQ+Qpnj83+s4w'
    assert.equal(parseStoredCredential(weak + rest).strength, 'weak', weak)
    assert.equal(parseStoredCredential(strong + rest).strength, 'strong', strong)
  }
  for (const [cost, strength] of [
    ['09', 'weak'],
    ['10', 'strong'],
  ] as const)
    assert.equal(parseStoredCredential(`$2b$${cost}$${'x'.repeat(53)}`).strength, strength)
  for (const [rounds, strength] of [
    [9999, 'weak'],
    [10_000, 'strong'],
  ] as const)
    assert.equal(parseStoredCredential(`$5$rounds=${rounds}$salt$${'x'.repeat(43)}`).strength, strength)
  // N of 2^12 and r of 14: 7 MiB.
  assert.equal(parseStoredCredential(`$y$j99$salt$${'x'.repeat(43)}`).strength, 'weak')
  assert.equal(parseStoredCredential(`$y$j9B$salt$${'x'.repeat(43)}`).strength, 'strong')
})
