import { ANYWHERE } from './anywhere.ts'
import { CREDENTIALS_HASHES } from './credentials-hashes.ts'
import { CREDENTIALS_SCHEMES } from './credentials-schemes.ts'
import { EXCHANGE } from './exchange.ts'
import type { Explanation } from './explanation.ts'
import { MECHANISMS } from './mechanisms.ts'
import { NEGOTIATION } from './negotiation.ts'
import { OCTETS } from './octets.ts'
import { PROFILES } from './profiles.ts'
import { STORES } from './stores.ts'

export const EXPLAINED: readonly Explanation[] = [
  ...ANYWHERE,
  ...MECHANISMS,
  ...EXCHANGE,
  ...NEGOTIATION,
  ...PROFILES,
  ...OCTETS,
  ...CREDENTIALS_HASHES,
  ...CREDENTIALS_SCHEMES,
  ...STORES,
]
