import { ANYWHERE } from './anywhere.ts'
import type { Explanation } from './explanation.ts'
import { PROFILES } from './profiles.ts'

export const EXPLAINED: readonly Explanation[] = [...ANYWHERE, ...PROFILES]
