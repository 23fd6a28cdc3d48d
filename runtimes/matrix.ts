import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { grouped } from './grouped.ts'
import type { Missing } from './judge.ts'
import { root } from './paths.ts'
import type { Result, Results } from './results.ts'

const BEGIN = '<!-- made by npm run runtimes -->'
const END = '<!-- end -->'

const count = (tests: number, what: string): string =>
  `${tests.toLocaleString('en')} ${what}${tests === 1 ? '' : 's'}`

/** Files, and single tests of others. */
function leftOutIn({ leftOut }: Result): string {
  const files = leftOut.filter(({ tests }) => tests.length === 0).length
  const tests = leftOut.reduce((sum, { tests }) => sum + tests.length, 0)
  const parts = [files && count(files, 'file'), tests && count(tests, 'test')].filter(Boolean)
  return parts.join(' and ') || 'nothing'
}

/** One row a runtime. */
export const matrix = (results: Results): string =>
  [
    '| runtime | version | passed | failed | left out |',
    '|---|---|---:|---:|---|',
    ...Object.entries(results).map(
      ([name, result]) =>
        `| ${name} | ${result.version} | ${result.passed.toLocaleString('en')} | ${result.failed} | ${leftOutIn(result)} |`,
    ),
  ].join('\n')

/** All that is left out, by its reason. */
export const missing = (results: Results): string =>
  Object.entries(results)
    .filter(([, { leftOut }]) => leftOut.length > 0)
    .map(([name, { leftOut }]) => `### ${name}\n\n${missingOf(leftOut)}`)
    .join('\n\n')

function missingOf(leftOut: readonly Missing[]): string {
  const byReason = grouped(leftOut, ({ reason }) => reason)
  const rows = byReason.map(([reason, all]) => `| ${reason} | ${all.map(named).join('<br>')} |`)
  return ['| why | what |', '|---|---|', ...rows.sort()].join('\n')
}

const named = ({ file, tests }: Missing): string => {
  const name = `\`${file.replace(/\.js$/, '')}\``
  if (tests.length === 0) return name
  const [only] = tests
  return tests.length === 1
    ? `${name}: ${only!.replaceAll('|', '\\|')}`
    : `${name}: ${count(tests.length, 'test')}`
}

/** Puts `text` between the marks of a document. */
export function between(document: string, text: string): string {
  const begin = document.indexOf(BEGIN)
  const end = document.indexOf(END, begin)
  if (begin < 0 || end < 0) throw new Error(`a document has no place for it: ${BEGIN} … ${END}`)
  return `${document.slice(0, begin)}${BEGIN}\n${text}\n${document.slice(end)}`
}

/** The documents that hold some of it, and what. */
export const DOCUMENTS: Readonly<Record<string, (results: Results) => string>> = {
  'README.md': matrix,
  'docs/runtimes.md': missing,
}

export async function writeDocuments(results: Results): Promise<void> {
  for (const [name, made] of Object.entries(DOCUMENTS)) {
    const path = join(root, name)
    await writeFile(path, between(await readFile(path, 'utf8'), made(results)))
  }
}
