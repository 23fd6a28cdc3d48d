import { CARRIED_ROWS, MECHANISM_ROWS } from './exchanges/rows.ts'
import { CERTIFICATE_ROWS } from './parsers/certificates.ts'
import { CHECKED_ROWS } from './parsers/checked-credentials.ts'
import { GROUND_ROWS } from './parsers/ground.ts'
import { NEGOTIATION_ROWS } from './parsers/negotiation.ts'
import { PROFILE_ROWS } from './parsers/profiles.ts'
import { STORED_ROWS } from './parsers/stored-credentials.ts'
import { STRING_ROWS } from './parsers/strings.ts'
import type { Row } from './row.ts'
import { STORE_ROWS } from './stores/rows.ts'

/** All that is fuzzed. */
export const ROWS: readonly Row[] = [
  ...MECHANISM_ROWS,
  ...CARRIED_ROWS,
  ...PROFILE_ROWS,
  ...STORED_ROWS,
  ...CHECKED_ROWS,
  ...STRING_ROWS,
  ...GROUND_ROWS,
  ...CERTIFICATE_ROWS,
  ...NEGOTIATION_ROWS,
  ...STORE_ROWS,
]
