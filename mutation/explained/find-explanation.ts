import type { Survivor } from '../results.ts'
import { EXPLAINED } from './explained.ts'
import type { Explanation } from './explanation.ts'

export const findExplanation = (file: string, survivor: Survivor): Explanation | undefined =>
  EXPLAINED.find((each) => explains(each, file, survivor))

export function explains(each: Explanation, file: string, survivor: Survivor): boolean {
  return (
    each.file === file &&
    each.code === survivor.code &&
    (each.original === undefined || each.original === survivor.original) &&
    (each.replacement === undefined || [each.replacement].flat().includes(survivor.replacement))
  )
}
