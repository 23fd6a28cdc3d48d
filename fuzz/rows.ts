import { MECHANISM_ROWS } from './exchanges/rows.ts'
import type { Row } from './row.ts'

/** All that is fuzzed. */
export const ROWS: readonly Row[] = [...MECHANISM_ROWS]
