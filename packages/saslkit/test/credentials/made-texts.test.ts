/** Of a known salt, each format's text to the letter: as the system that reads it writes it. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  type MakeStoredCredentialOptions,
  makeStoredCredential,
  parseStoredCredential,
  verifyPassword,
} from '../../src/credentials/index.js'
import { utf8 } from '../../src/octets.js'
import { fromHex } from '../vectors.js'

const salt = fromHex('fedcba98765432100123456789abcdef')
const salt2 = fromHex('0102030405060708090a0b0c0d0e0f10')
const textual = utf8('saltsalt')

/** Of "pencil", checked with libxcrypt 4.4.33 (bcrypt, yescrypt), @node-rs/argon2 and Python's hashlib. */
const MADE: readonly (readonly [options: MakeStoredCredentialOptions, text: string])[] = [
  [{ scheme: 'bcrypt', cost: 4, salt }, '$2b$04$9rw4kFXSKf./GyTlgYtL5u.9V4/o7kYBWqfZECrL/oII6Svvyhxei'],
  [
    { scheme: 'bcrypt', cost: 4, salt: salt2 },
    '$2b$04$.OGB/.SE/ueHAeqKBO2NC.4W..8dTWrJDZOUEpNYLZMYDQBJPEZou',
  ],
  [
    { scheme: 'bcrypt', cost: 5, salt, format: 'htpasswd' },
    '$2y$05$9rw4kFXSKf./GyTlgYtL5uGyuDFGTc7F6tr6ixX2RJS4PcG3FcBCO',
  ],
  [
    { scheme: 'yescrypt', cost: 1, salt },
    '$y$j75$ynhiMO5Jm.F.XIoN7iOnj1$9QWzOmxi/wE//FntZo5c3xkAc0li5lFOiSq2HKaBgo9',
  ],
  [
    { scheme: 'yescrypt', cost: 2, salt },
    '$y$j85$ynhiMO5Jm.F.XIoN7iOnj1$F9mcGxOixpZDbQIj79kpK.sAOYgtbbg6PMnSqP/Swn6',
  ],
  [
    { scheme: 'yescrypt', cost: 3, salt },
    '$y$j7T$ynhiMO5Jm.F.XIoN7iOnj1$iGDo39vrPut29WmHVC/wLDSdORiWy6SdbHrNqwqHmX3',
  ],
  [
    { scheme: 'argon2id', memory: 16, passes: 2, lanes: 2, salt },
    '$argon2id$v=19$m=16,t=2,p=2$/ty6mHZUMhABI0VniavN7w$XqcEqN73jFn4Op+6G9N4Ih6O640tqsFs/InV7QAJmvQ',
  ],
  [
    { scheme: 'scrypt', N: 2, r: 1, p: 1, salt },
    '$scrypt$ln=1,r=1,p=1$/ty6mHZUMhABI0VniavN7w$FqZL8FVR8zyetdkI7aSguBRVPBhjgD4nxclBXCfbP5c',
  ],
  [
    { scheme: 'pbkdf2-sha1', iterations: 1000, salt },
    '$pbkdf2$1000$/ty6mHZUMhABI0VniavN7w$/nfln26RtZ/cEKCH8We6b/wW7wY',
  ],
  [
    { scheme: 'pbkdf2-sha1', format: 'phc', iterations: 1000, salt },
    '$pbkdf2-sha1$i=1000,l=20$/ty6mHZUMhABI0VniavN7w$/nfln26RtZ/cEKCH8We6b/wW7wY',
  ],
  [
    { scheme: 'pbkdf2-sha1', format: 'dovecot', iterations: 1000, salt: textual },
    '{PBKDF2}$1$saltsalt$1000$2aa93c8ed534a201d5c512ea56d0c53c962415e3',
  ],
  [
    { scheme: 'pbkdf2-sha1', format: 'django', iterations: 1000, salt: textual },
    'pbkdf2_sha1$1000$saltsalt$Kqk8jtU0ogHVxRLqVtDFPJYkFeM=',
  ],
  [
    { scheme: 'pbkdf2-sha256', iterations: 1000, salt },
    '$pbkdf2-sha256$1000$/ty6mHZUMhABI0VniavN7w$HWUJhG53vNilT7OvPCksHroqC4K6NVOC7pF3CpJuxok',
  ],
  [
    { scheme: 'pbkdf2-sha256', format: 'ldap', iterations: 1000, salt },
    '{PBKDF2-SHA256}1000$/ty6mHZUMhABI0VniavN7w$HWUJhG53vNilT7OvPCksHroqC4K6NVOC7pF3CpJuxok',
  ],
]

for (const [options, text] of MADE)
  test(text.slice(0, 30), async () => {
    assert.equal((await makeStoredCredential('pencil', options)).text, text)
  })

test('SHA-crypt does not write the 5,000 rounds that it has without saying so', async () => {
  const { text } = await makeStoredCredential('pencil', { scheme: 'sha256-crypt', rounds: 5000 })
  assert.match(text, /^\$5\$[./0-9A-Za-z]{16}\$[./0-9A-Za-z]{43}$/)
})

test('more logins at once than there are slots for key derivation come to their turn', async () => {
  const stored = parseStoredCredential(
    '$pbkdf2-sha256$1$/ty6mHZUMhABI0VniavN7w$LsHrNQG4AhKXL4SBbtZuUwGKAz626UUPcmYiERffyDU',
  )
  const all = await Promise.all(Array.from({ length: 8 }, () => verifyPassword(stored, 'pencil')))
  assert.deepEqual(new Set(all), new Set([true]))
})
