import type { Explanation } from './explanation.ts'

export const EXPLAINED: readonly Explanation[] = []
