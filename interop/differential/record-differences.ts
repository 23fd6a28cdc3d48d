import { record } from '../results.ts'
import { EXPLANATIONS } from './explained.ts'
import { PREPARATION_EXPLANATIONS } from './preparation-explained.ts'
import { versionOf } from './programs.ts'
import type { RowResult } from './results-of-row.ts'

/** Writes what a run has shown to where docs/interop.md is made from, where that is asked for. */
export function recordDifferences(results: readonly RowResult[]): void {
  for (const { row, role, compared, equal, accepted, explained } of results) {
    const counts = { compared, equal, accepted, explained: Object.fromEntries(explained) }
    if ('mechanism' in row) {
      const { peer, mechanism, reference } = row
      const against = reference ? (reference === peer ? 'its own' : `${reference.name}'s`) : 'the rule'
      const { name } = peer
      record({
        role: 'differential',
        half: role,
        mechanism,
        against,
        peer: { name, version: versionOf(peer.debianPackage) },
        ...counts,
      })
    } else {
      const peer = { name: row.library, version: versionOf(row.debianPackage) }
      record({
        role: 'differential',
        half: undefined,
        mechanism: `SASLprep, ${row.form}`,
        against: 'its own',
        peer,
        ...counts,
      })
    }
  }
  for (const { id, text, source } of [...EXPLANATIONS, ...PREPARATION_EXPLANATIONS])
    if (results.some(({ explained }) => explained.has(id))) record({ role: 'explanation', id, text, source })
}
