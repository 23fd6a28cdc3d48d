import type { LeftOut } from '../judge.ts'

export const WORKERD: readonly LeftOut[] = []
export const CHROMIUM: readonly LeftOut[] = []
