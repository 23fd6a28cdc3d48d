/** The contextual rules of RFC 5892 appendix A, as what breaks them. */
import { swap } from './normalize.js'
import { JOINING } from './precis-table.js'
import { classAt, decodeRuns, type Runs } from './runs.js'

/** Whether each code point that needs a context is in one. */
export const contextAllows = (text: string): boolean =>
  !MISPLACED.some((misplaced) => misplaced.test(text)) &&
  !(KATAKANA_DOT.test(text) && !JAPANESE.test(text)) &&
  !(ARABIC_DIGIT.test(text) && EXTENDED_ARABIC_DIGIT.test(text)) &&
  joinersAllowed(text)

const MISPLACED: readonly RegExp[] = [
  /(?<!l)\u00b7|\u00b7(?!l)/, // A.3, middle dot
  /\u0375(?!\p{Script=Greek})/u, // A.4, Greek keraia
  /(?<!\p{Script=Hebrew})[\u05f3\u05f4]/u, // A.5 and A.6, geresh and gershayim
]

// A.7
const KATAKANA_DOT = /\u30fb/
const JAPANESE = /[\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Han}]/u

// A.8 and A.9
const ARABIC_DIGIT = /[\u0660-\u0669]/
const EXTENDED_ARABIC_DIGIT = /[\u06f0-\u06f9]/

/** A.1: a zero-width non-joiner that follows no virama breaks a cursive connection. N stands for it. */
const JOINS_NOTHING = /(?<![LD]T*)N|N(?!T*[RD])/

/** A.1 and A.2. */
function joinersAllowed(text: string): boolean {
  if (!/[\u200c\u200d]/.test(text)) return true
  let types = ''
  let before = ''
  for (const character of text) {
    if (character === '\u200c') types += isVirama(before) ? 'U' : 'N'
    else {
      if (character === '\u200d' && !isVirama(before)) return false
      types += joiningType(character)
    }
    before = character
  }
  return !JOINS_NOTHING.test(types)
}

let runs: Runs | undefined

function joiningType(character: string): string {
  if (/[\p{Mn}\p{Me}]/u.test(character)) return 'T'
  runs ??= decodeRuns(JOINING)
  return classAt(runs, character.codePointAt(0)!)
}

/** Canonical_Combining_Class 9: above U+3099, which has 8, and below U+05B0, which has 10. */
const isVirama = (character: string): boolean =>
  character !== '' && swap(character, '\u3099') && swap('\u05b0', character)
