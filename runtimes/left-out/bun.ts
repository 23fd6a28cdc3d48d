import type { LeftOut } from '../judge.ts'

export const BUN: readonly LeftOut[] = []
