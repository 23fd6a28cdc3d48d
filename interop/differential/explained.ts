import { EXPLAINED_BOTH } from './explained-both.ts'
import { EXPLAINED_CLIENTS } from './explained-clients.ts'
import { EXPLAINED_PEERS } from './explained-peers.ts'
import { EXPLAINED_SERVERS } from './explained-servers.ts'
import type { Explanation } from './explanation.ts'
import type { Comparison } from './row.ts'

/** The first that applies is why: what one library alone does comes before what many do. */
export const EXPLANATIONS: readonly Explanation[] = [
  ...EXPLAINED_PEERS,
  ...EXPLAINED_CLIENTS,
  ...EXPLAINED_SERVERS,
  ...EXPLAINED_BOTH,
]

/** Why they differ; undefined where nobody has said. */
export const explanationOf = (comparison: Comparison): Explanation | undefined =>
  EXPLANATIONS.find(
    ({ peers, mechanisms, role, applies }) =>
      (!peers ||
        [comparison.row.peer.id, comparison.row.reference?.id].some((id) => id && peers.includes(id))) &&
      (!mechanisms || mechanisms.test(comparison.row.mechanism)) &&
      (!role || role === comparison.role) &&
      applies(comparison),
  )
