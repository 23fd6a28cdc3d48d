/** What another library has is compared with it; no mechanism is left out in silence. */
import { test } from 'node:test'
import { CLIENT_MECHANISMS, type MechanismName } from 'saslkit'
import { requireRows } from '../../packages/saslkit/test/require-rows.ts'
import { PEERS } from './peers.ts'

/** Mechanisms that are compared with nobody's, and why. */
const LEFT_OUT: Readonly<Partial<Record<MechanismName, string>>> = {
  'SCRAM-SHA3-512': 'none of these libraries has it',
  'SCRAM-SHA3-512-PLUS': 'none of these libraries has it',
}

test('every mechanism has a peer, or a reason to have none', () => {
  requireRows(CLIENT_MECHANISMS, {
    rows: PEERS.flatMap(({ client, server }) => [...client, ...server]),
    rowsAt: 'interop/differential/peers.ts (its halves: our-halves.ts)',
    leftOut: LEFT_OUT,
    leftOutAt: 'LEFT_OUT of interop/differential/peers.test.ts',
  })
})
