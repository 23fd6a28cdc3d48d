import { BIDI } from './precis-table.js'
import { classesOf, decodeRuns, type Runs } from './runs.js'

let runs: Runs | undefined

/**
 * The Bidi Rule (RFC 5893 section 2), for strings that hold a right-to-left code point (R, AL or AN); others pass, as
 * RFC 8265 section 3.3.1 has it. Since such a code point is out of place in a left-to-right string, conditions 5 and 6
 * fall away.
 */
export function bidiRule(text: string): boolean {
  runs ??= decodeRuns(BIDI)
  const classes = classesOf(runs, text)
  if (!/[RA]/.test(classes)) return true
  return (
    classes.startsWith('R') && // 1
    !classes.includes('L') && // 2
    /[RAE]M*$/.test(classes) && // 3
    !(classes.includes('E') && classes.includes('A')) // 4
  )
}
