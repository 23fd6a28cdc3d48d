import { normalize } from './normalize.js'
import { PreparationError } from './preparation-error.js'
import { classesOf, decodeRuns, type Runs } from './runs.js'
import { CLASSES, NOTHINGS, SPACES } from './saslprep-table.js'

/** RFC 3454 section 7: what is kept may hold no unassigned code point, what is compared with it may. */
export type PreparationForm = 'stored' | 'query'

const PRINTABLE_ASCII = /^[ -~]*$/

/**
 * SASLprep (RFC 4013) over Unicode 3.2, whatever Unicode the engine knows. What comes out may be empty, which most
 * mechanisms refuse; prepareName and preparePassword do.
 *
 * @throws PreparationError `prohibited`, `unassigned` ('stored' only) or `bidi`.
 * @throws TypeError if text is no string, or form neither 'stored' nor 'query'.
 */
export function saslprep(text: string, form: PreparationForm): string {
  if (form !== 'stored' && form !== 'query') throw new TypeError("SASLprep: pass 'stored' or 'query'")
  if (typeof text !== 'string') throw new TypeError('SASLprep: pass a string')
  if (PRINTABLE_ASCII.test(text)) return text
  const mapped = mapCharacters(text)
  const classes = saslprepClasses(mapped)
  if (form === 'stored') refuseUnassigned(classes)
  const prepared = normalizeAssigned(mapped, classes)
  refuseUnprepared(prepared === mapped ? classes : saslprepClasses(prepared))
  return prepared
}

/**
 * RFC 4013 section 2.1. Spaces come first, for U+200B is in both tables. A surrogate pair must not arise from halves
 * that stood apart.
 */
export function mapCharacters(text: string): string {
  if (!text.isWellFormed()) throw new PreparationError('prohibited')
  return text.replace(SPACES, ' ').replace(NOTHINGS, '')
}

let runs: Runs | undefined

/** One letter a code point: P, U, R, L or N (saslprep-table.ts). */
export function saslprepClasses(text: string): string {
  runs ??= decodeRuns(CLASSES)
  return classesOf(runs, text)
}

/** RFC 4013 section 2.5. */
export function refuseUnassigned(classes: string): void {
  if (classes.includes('U')) throw new PreparationError('unassigned')
}

/** RFC 4013 sections 2.3 and 2.4 with RFC 3454 section 6. */
export function refuseUnprepared(classes: string): void {
  if (classes.includes('P')) throw new PreparationError('prohibited')
  if (classes.includes('R') && (classes.includes('L') || !classes.startsWith('R') || !classes.endsWith('R')))
    throw new PreparationError('bidi')
}

/**
 * NFKC of Unicode 3.2 (RFC 4013 section 2.2). What was assigned then normalizes the same ever after, save for five
 * ideographs; what was not is a starter that neither decomposes nor composes, so that the text falls into pieces there.
 */
function normalizeAssigned(text: string, classes: string): string {
  if (!classes.includes('U')) return normalizePiece(text)
  let normalized = ''
  let piece = ''
  let at = 0
  for (const character of text) {
    if (classes[at++] !== 'U') piece += character
    else {
      normalized += normalizePiece(piece) + character
      piece = ''
    }
  }
  return normalized + normalizePiece(piece)
}

/** Unicode corrigendum 4 came after 3.2: these decomposed to other ideographs before it. */
const CORRECTED: ReadonlyMap<string, string> = new Map([
  ['\u{2f868}', '\u{2136a}'],
  ['\u{2f874}', '\u5f33'],
  ['\u{2f91f}', '\u43ab'],
  ['\u{2f95f}', '\u7aae'],
  ['\u{2f9bf}', '\u4d57'],
])

const normalizePiece = (text: string): string =>
  normalize(
    text.replace(
      /[\u{2f868}\u{2f874}\u{2f91f}\u{2f95f}\u{2f9bf}]/gu,
      (character) => CORRECTED.get(character)!,
    ),
    'NFKC',
  )
