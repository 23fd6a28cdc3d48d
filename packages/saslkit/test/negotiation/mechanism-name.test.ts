import assert from 'node:assert/strict'
import { test } from 'node:test'
import { CLIENT_MECHANISMS } from '../../src/negotiation/client-table.js'
import type { MechanismName } from '../../src/negotiation/mechanism-name.js'
import { SERVER_MECHANISMS } from '../../src/negotiation/server-table.js'

/** Each name of the type once: a missing one, and one too many, do not compile. */
const NAMES: Readonly<Record<MechanismName, true>> = {
  ANONYMOUS: true,
  'CRAM-MD5': true,
  EXTERNAL: true,
  LOGIN: true,
  OAUTHBEARER: true,
  PLAIN: true,
  'SCRAM-SHA-1': true,
  'SCRAM-SHA-1-PLUS': true,
  'SCRAM-SHA-224': true,
  'SCRAM-SHA-224-PLUS': true,
  'SCRAM-SHA-256': true,
  'SCRAM-SHA-256-PLUS': true,
  'SCRAM-SHA-384': true,
  'SCRAM-SHA-384-PLUS': true,
  'SCRAM-SHA-512': true,
  'SCRAM-SHA-512-PLUS': true,
  'SCRAM-SHA3-512': true,
  'SCRAM-SHA3-512-PLUS': true,
  XOAUTH2: true,
}

test('the names that compile are those that can be used, on either side', () => {
  assert.deepEqual(CLIENT_MECHANISMS.toSorted(), Object.keys(NAMES).sort())
  assert.deepEqual(SERVER_MECHANISMS.toSorted(), Object.keys(NAMES).sort())
})
