import { testAltered } from './mechanism/altered.js'
import { testAuthorization } from './mechanism/authorization.js'
import { testDirectory } from './mechanism/directory.js'
import { testEnds } from './mechanism/ends.js'
import { testLogins } from './mechanism/logins.js'
import { testReplayed } from './mechanism/replayed.js'
import { requireRow } from './mechanism/require-row.js'
import type { MechanismUnderTest } from './mechanism/under-test.js'

const KNOWN = Object.keys({
  test: true,
  client: true,
  server: true,
  directory: true,
  identity: true,
  altered: true,
  replayed: true,
  connection: true,
  wrongSecret: true,
  unknownUser: true,
  actingAs: true,
} satisfies Record<keyof MechanismUnderTest, true>)

/**
 * Proves a mechanism, both halves against each other: who gets in and who does not, what each believes and when, and
 * what becomes of altered and replayed messages, broken directories, aborts and excess. Needs no test framework but the function
 * that registers a case, and runs wherever the mechanism does.
 */
export function testMechanism<Accounts extends object>(mechanism: MechanismUnderTest<Accounts>): void {
  requireRow(mechanism, 'testMechanism', ['test', 'server'], ['client', 'directory', 'identity'], KNOWN)
  testLogins(mechanism)
  testAltered(mechanism)
  testReplayed(mechanism)
  testDirectory(mechanism)
  testAuthorization(mechanism)
  testEnds(mechanism)
}
