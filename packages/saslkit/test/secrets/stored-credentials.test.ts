/** Stored credentials: what is read, made and converted shows nothing of itself, and what cannot be read is not quoted. */
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { convert } from '../../src/credentials/convert.js'
import type { CredentialFormat } from '../../src/credentials/credential.js'
import { parseStoredCredential } from '../../src/credentials/parse.js'
import type { ScramFormat } from '../../src/credentials/schemes/scram/writers.js'
import type { StoredCredential } from '../../src/credentials/stored-credential.js'
import { StoredCredentialError } from '../../src/credentials/stored-credential-error.js'
import { verifyPassword } from '../../src/credentials/verify-password.js'
import { KNOWN_ANSWERS } from '../credentials/known-answers.js'
import { assertSilent } from './assert-silent.js'
import { inProtest } from './in-protest.js'
import { PASSWORD, SENTINEL, WRONG } from './sentinels.js'
import { STORED, secretsOf } from './stored.js'

const nameOf = ({ scheme, format }: StoredCredential) => `${scheme} of ${format}`
const FORMATS: readonly CredentialFormat[] = [
  ...new Set([...STORED.map(({ format }) => format), ...KNOWN_ANSWERS.map((known) => known.format)]),
] as CredentialFormat[]

test('there is one of each', () => {
  assert.ok(STORED.length > 60, String(STORED.length))
  assert.ok(FORMATS.length > 15, String(FORMATS.length))
})

describe('what is read and made', () => {
  for (const credential of STORED)
    test(`${nameOf(credential)}: nothing of it is shown`, async () => {
      const hidden = secretsOf(credential)
      assert.ok(hidden.length > 0 || credential.text.includes(SENTINEL), credential.text)
      assertSilent(credential, 'the credential', hidden)
      const read = parseStoredCredential(credential.text, { hint: credential.format })
      assertSilent([read, { ...read }, structuredClone(read)], 'read again', hidden)
      const options = { username: 'user', realm: 'example.org' }
      for (const password of [PASSWORD, WRONG, `${SENTINEL}\ud800`, `${SENTINEL}\0`, SENTINEL.repeat(100)])
        assertSilent(await inProtest(() => verifyPassword(read, password, options)), 'verifying', hidden)
      for (const format of ['dovecot', 'kafka', 'mongodb', 'prosody', 'cram-md5'] as ScramFormat[])
        assertSilent(await inProtest(() => convert(read, format)), 'converting', hidden)
    })
})

/** Each as a store may have it after somebody has edited it, or put it into the wrong column. */
function* broken(text: string): Generator<string> {
  yield text.slice(0, -1)
  yield text.slice(0, -8)
  yield `${text}${SENTINEL}`
  yield text.replace(/.$/, '')
  for (const { index } of text.matchAll(/[$:,{}=|]/g)) {
    yield `${text.slice(0, index + 1)}${SENTINEL}${text.slice(index + 1)}`
    yield `${text.slice(0, index + 1)}${SENTINEL}`
    yield text.slice(0, index)
  }
}

function silentlyRead(text: string, hint: CredentialFormat | undefined): void {
  let problem: unknown
  try {
    assertSilent(parseStoredCredential(text, { hint }), 'what is read all the same')
    return
  } catch (error) {
    problem = error
  }
  assert.ok(problem instanceof StoredCredentialError, String(problem))
  assertSilent(problem, `the error for ${JSON.stringify(text)}`)
}

describe('what cannot be read', () => {
  for (const credential of STORED)
    test(`${nameOf(credential)}, broken: it is not quoted`, () => {
      for (const text of broken(credential.text)) {
        silentlyRead(text, undefined)
        silentlyRead(text, credential.format)
      }
    })

  test('nor is any known answer that somebody has broken', () => {
    for (const { text, format } of KNOWN_ANSWERS)
      for (const edited of broken(text)) silentlyRead(edited, format as CredentialFormat)
  })

  for (const hint of [undefined, ...FORMATS])
    test(`read as ${hint ?? 'whatever it is'}: no password that stands in its place is quoted`, () => {
      for (const text of [
        PASSWORD,
        `{${SENTINEL}}`,
        `{SSHA}${PASSWORD}`,
        `{SCRAM-SHA-256}4096,${SENTINEL},${SENTINEL}`,
        `SCRAM-SHA-256$4096:${SENTINEL}$${SENTINEL}:${SENTINEL}`,
        `{"password":"${PASSWORD}"}`,
        `{"password":"${PASSWORD}`,
        `{"${SENTINEL}"`,
        `{"SCRAM-SHA-256":{"iterationCount":"${SENTINEL}","salt":"${SENTINEL}"}}`,
        `return { ["password"] = "${PASSWORD}"; };`,
        `$argon2id$v=19$m=65536,t=3,p=4$${SENTINEL}$${PASSWORD}`,
        `$2b$12$${SENTINEL}`,
        `$y$j9T$${SENTINEL}$${PASSWORD}`,
        `${PASSWORD}\0`,
        `${PASSWORD}\ud800`,
        PASSWORD.repeat(1000),
      ])
        silentlyRead(text, hint)
    })
})
