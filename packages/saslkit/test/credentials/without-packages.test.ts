/** Where no optional package is installed. */
import assert from 'node:assert/strict'
import * as crypto from 'node:crypto'
import * as loading from 'node:module'
import { test } from 'node:test'
import type { StoredCredentialError } from '../../src/credentials/index.js'

const skip = typeof loading.registerHooks !== 'function' && 'needs Node 22.15'

if (!skip)
  loading.registerHooks({
    resolve(specifier, context, next) {
      if (/^(@node-rs\/|bcryptjs$)/.test(specifier)) throw new Error(`no ${specifier}`)
      return next(specifier, context)
    },
  })

const { parseStoredCredential, verifyPassword } = await import('../../src/credentials/index.js')
const { KNOWN_ANSWERS } = await import('./known-answers.js')

const answerOf = (scheme: string) => {
  const answer = KNOWN_ANSWERS.find((each) => each.scheme === scheme && each.format !== 'dovecot')
  assert.ok(answer)
  return answer
}

test('bcrypt names the package to install', { skip }, async () => {
  const { text, password } = answerOf('bcrypt')
  await assert.rejects(
    verifyPassword(parseStoredCredential(text), password),
    (error: StoredCredentialError) => {
      assert.deepEqual(
        [error.name, error.problem, error.scheme],
        ['StoredCredentialError', 'unavailable', 'bcrypt'],
      )
      assert.match(error.message, /install bcryptjs, or on Node @node-rs\/bcrypt/)
      assert.match(String(error.cause), /no bcryptjs/) // as it came, which Deno puts into another
      return true
    },
  )
})

test('Argon2 is there all the same', { skip }, async () => {
  const { text, password } = answerOf('argon2id')
  assert.equal(await verifyPassword(parseStoredCredential(text), password), true)
})

const tooOld = skip || (typeof crypto.argon2 === 'function' && 'this Node has an Argon2')

test('Argon2 with much memory names the package to install', { skip: tooOld }, async () => {
  const text =
    '$argon2id$v=19$m=262144,t=3,p=1$dMbN3kt/p236OTJhza9+Ng$QHXl+u0YGraLUQHiHO+j+M7OCvSAWk9Y6rRni2iCakU'
  await assert.rejects(verifyPassword(parseStoredCredential(text), 'pencil'), {
    problem: 'unavailable',
    message: /install @node-rs\/argon2/,
  })
})
