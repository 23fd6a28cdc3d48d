/** What SCRAM and CRAM-MD5 have of a credential that is no keys: the cleartext, as clients prepare it. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { parseStoredCredential, type StoredCredential } from '../../src/credentials/index.js'
import { utf8 } from '../../src/octets.js'
import { preparedSecret } from '../../src/stores/prepared-secret.js'
import { scramKeys } from '../../src/stores/scram-keys.js'
import { md5 } from './rehashing.js'

const derivation = () => assert.fail('made of nothing')

test('keys are made of cleartext alone', async () => {
  const state = parseStoredCredential(`{CRAM-MD5}${'9d59c8a2ff0f2cc42dd3e4c97b2d2f9d'.repeat(2)}`)
  const octets = {
    scheme: 'octets',
    secret: { secret: utf8('pencil') },
    scramCredentials: () => undefined,
  } as unknown as StoredCredential
  for (const credential of [md5, state, octets])
    await assert.rejects(
      async () => scramKeys(credential, 'SHA-256', derivation, undefined),
      new RegExp(`^TypeError: ${credential.scheme} credentials have no keys for SCRAM-SHA-256$`, 'i'),
    )
})

test('a password that is kept by MongoDB’s rule is prepared by SASLprep, whatever the hash', async () => {
  for (const preparation of ['mongodb', 'unknown', 'saslprep'] as const) {
    const credential = parseStoredCredential('pen\u00adcil', { hint: 'cleartext', preparation })
    assert.equal(await preparedSecret('pen\u00adcil', credential), 'pencil', preparation)
  }
})

test('a password that has no prepared form is taken as it is; a rule that there is not is a fault', async () => {
  const by = (preparation: string) => ({ preparation }) as StoredCredential
  assert.equal(await preparedSecret('pen\u0007cil', by('saslprep')), 'pen\u0007cil')
  await assert.rejects(async () => preparedSecret('pencil', by('no such rule')), TypeError)
})
