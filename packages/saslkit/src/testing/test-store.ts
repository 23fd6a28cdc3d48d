import { requireRow } from './mechanism/require-row.js'
import { testFaults } from './store/faults.js'
import { testStoreLogins } from './store/logins.js'
import { testLookups } from './store/lookups.js'
import { testReplacing } from './store/replacing.js'
import type { StoreUnderTest } from './store/under-test.js'

const KNOWN = Object.keys({
  test: true,
  make: true,
  keep: true,
  prepare: true,
  cannotHold: true,
  oneCredential: true,
  noRefusals: true,
  refusals: true,
  noRealm: true,
  broken: true,
} satisfies Record<keyof StoreUnderTest, true>)

/**
 * Proves a store: what it finds and what it does not, that no name is more than a name, that what is broken lets nobody in
 * and is told from what is absent, and that better credentials never undo a change. It asks by each mechanism that the
 * store's credentials can answer. It needs no test framework but the function that registers a case.
 */
export function testStore(store: StoreUnderTest): void {
  requireRow(store, 'testStore', ['test', 'make'], [], KNOWN)
  testLookups(store)
  testStoreLogins(store)
  testFaults(store)
  testReplacing(store)
}
