/** What another library has is compared with it; no mechanism is left out in silence. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { CLIENT_MECHANISMS, type MechanismName } from 'saslkit'
import { PEERS } from './peers.ts'

/** Mechanisms that are compared with nobody's, and why. */
const LEFT_OUT: Readonly<Partial<Record<MechanismName, string>>> = {
  'SCRAM-SHA3-512': 'none of these libraries has it',
  'SCRAM-SHA3-512-PLUS': 'none of these libraries has it',
}

test('every mechanism has a peer, or a reason to have none', () => {
  const compared = new Set(PEERS.flatMap(({ client, server }) => [...client, ...server]))
  const leftOut = Object.keys(LEFT_OUT)
  assert.deepEqual(
    CLIENT_MECHANISMS.filter((name) => !compared.has(name) && !leftOut.includes(name)),
    [],
    'name it in interop/differential/peers.ts, with its halves in our-halves.ts; or add a reason to LEFT_OUT here',
  )
  assert.deepEqual(
    leftOut.filter((name) => compared.has(name) || !CLIENT_MECHANISMS.some((known) => known === name)),
    [],
    'stale in LEFT_OUT: compared, or no mechanism',
  )
})
