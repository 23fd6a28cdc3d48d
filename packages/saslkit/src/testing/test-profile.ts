import { requireRow } from './mechanism/require-row.js'
import { testProfileFailures } from './profile/failures.js'
import { testProfileMessages } from './profile/messages.js'
import { testProfileRefusals } from './profile/refusals.js'
import type { ProfileUnderTest } from './profile/under-test.js'

const KNOWN = Object.keys({ test: true, profile: true } satisfies Record<keyof ProfileUnderTest, true>)

/**
 * Proves a profile of a protocol of lines, both directions against each other: what is written is read as the same,
 * absent is not empty, failures have texts that tell no more than they may, and what is no line of the protocol is
 * refused. It needs no test framework but the function that registers a case.
 */
export function testProfile(profile: ProfileUnderTest): void {
  requireRow(profile, 'testProfile', ['test'], ['profile'], KNOWN)
  testProfileMessages(profile)
  testProfileFailures(profile)
  testProfileRefusals(profile)
}
