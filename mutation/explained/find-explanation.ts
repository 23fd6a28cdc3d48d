import type { Survivor } from '../results.ts'
import { EXPLAINED } from './explained.ts'
import type { Explanation } from './explanation.ts'

export const findExplanation = (file: string, survivor: Survivor): Explanation | undefined =>
  EXPLAINED.find((each) => explains(each, file, survivor))

export function explains(each: Explanation, file: string, survivor: Survivor): boolean {
  return (
    (each.file ?? file) === file &&
    fits(each.code, survivor.code) &&
    fits(each.original ?? /^/, survivor.original) &&
    (each.replacement === undefined || [each.replacement].flat().includes(survivor.replacement))
  )
}

const fits = (pattern: string | RegExp, text: string): boolean =>
  typeof pattern === 'string' ? pattern === text : pattern.test(text)
