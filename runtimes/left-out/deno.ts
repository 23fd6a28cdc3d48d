import type { LeftOut } from '../judge.ts'

export const DENO: readonly LeftOut[] = []
