import { testAltered } from './mechanism/altered.js'
import { testAuthorization } from './mechanism/authorization.js'
import { testDirectory } from './mechanism/directory.js'
import { testEnds } from './mechanism/ends.js'
import { testLogins } from './mechanism/logins.js'
import { testReplayed } from './mechanism/replayed.js'
import { requireRow } from './mechanism/require-row.js'
import type { MechanismUnderTest } from './mechanism/under-test.js'

/**
 * Proves a mechanism, both halves against each other: who gets in and who does not, what each believes and when, and
 * what becomes of altered and replayed messages, broken directories, aborts and excess. Needs no test framework but the function
 * that registers a case, and runs wherever the mechanism does.
 */
export function testMechanism<Accounts extends object>(mechanism: MechanismUnderTest<Accounts>): void {
  requireRow(mechanism, 'testMechanism', ['test', 'server'], ['client', 'directory', 'identity'])
  testLogins(mechanism)
  testAltered(mechanism)
  testReplayed(mechanism)
  testDirectory(mechanism)
  testAuthorization(mechanism)
  testEnds(mechanism)
}
