import { readFileSync, writeFileSync } from 'node:fs'
import { EXPLAINED } from './explained/explained.ts'
import { explains, findExplanation } from './explained/find-explanation.ts'
import { readResults } from './results.ts'
import { filesByRoom, percent, type Score, scoreOf, unexplained } from './score.ts'

/** Writes the figures where they are shown: docs/mutation.md, and a line in README.md. Says what the figures do not cover. */
export function writeReport(): void {
  for (const [page, text] of report()) writeFileSync(page, text)
  const results = readResults()
  const { edited, survivors } = scoreOf(results, [...results.files.keys()])
  for (const file of edited) console.log(`edited since it was tried: ${file}`)
  for (const each of EXPLAINED.filter((each) => !survivors.some((one) => explains(each, one.file, one))))
    console.log(`explains nothing any more: ${each.file}: ${each.code}`)
}

/** The pages as they should be, by where they lie. */
export function report(): Map<URL, string> {
  const results = readResults()
  const rooms = filesByRoom(results).map(([room, files]) => [room, scoreOf(results, files)] as const)
  const all = scoreOf(results, [...results.files.keys()])
  const commits = [...new Set([...results.files.values()].map(({ commit }) => commit))]
  const page = new URL('../docs/mutation.md', import.meta.url)
  const readme = new URL('../README.md', import.meta.url)
  const written = [
    ['score', table(rooms, all)],
    ['commit', commitLine(commits)],
    ['survivors', survivorList(rooms)],
  ] as const
  const text = written.reduce(
    (page, [part, content]) => fill(page, part, content),
    readFileSync(page, 'utf8'),
  )
  const line = `[Mutation score ${percent(all).toFixed(1)} %](docs/mutation.md): of ${thousands(all.mutants)} small faults put into the code, that many fail a test.`
  return new Map([
    [page, text],
    [readme, fill(readFileSync(readme, 'utf8'), 'mutation', line)],
  ])
}

/** Puts what was made between its marks. */
function fill(text: string, part: string, content: string): string {
  const marks = new RegExp(`(<!-- ${part}: made by npm run mutation -->\n)[^]*?(<!-- /${part} -->)`)
  if (!marks.test(text)) throw new Error(`no marks for ${part}`)
  return text.replace(marks, (_, begin: string, end: string) => `${begin}${content}\n${end}`)
}

function table(rooms: readonly (readonly [string, Score])[], all: Score): string {
  const row = (name: string, score: Score) => {
    const left = unexplained(score).length
    const figures = [score.files, score.mutants, score.mutants - score.survivors.length, score.endless]
    const rest = [score.survivors.length - left, left, score.letAlone]
    const share = score.mutants ? `**${percent(score).toFixed(1)} %**` : ''
    return `| ${[name, ...figures.map(thousands), share, ...rest.map(thousands)].join(' | ')} |`
  }
  return [
    '| room | files | mutants | killed | of them endless | score | survivors that make no difference | other survivors | let alone |',
    '|---|--:|--:|--:|--:|--:|--:|--:|--:|',
    ...rooms.filter(([, { files }]) => files > 0).map(([room, score]) => row(room, score)),
    row('all', all),
  ].join('\n')
}

const commitLine = (commits: readonly (string | null)[]): string =>
  `Tried at ${commits.map((commit) => (commit ? `commit \`${commit.slice(0, 12)}\`` : 'a working tree')).join(', ')}.`

function survivorList(rooms: readonly (readonly [string, Score])[]): string {
  return rooms
    .filter(([, { survivors }]) => survivors.length > 0)
    .map(([room, score]) => {
      const explained = new Map<string, string[]>()
      for (const survivor of score.survivors) {
        const why = findExplanation(survivor.file, survivor)?.why
        if (why) explained.set(why, [...(explained.get(why) ?? []), item(survivor)])
      }
      const parts = [...explained].map(([why, items]) => `* ${why}\n${items.join('\n')}`)
      const left = unexplained(score)
      if (left.length) parts.push(`* **Not noticed by any test yet**\n${left.map(item).join('\n')}`)
      return `### ${room}\n\n${parts.join('\n')}`
    })
    .join('\n\n')
}

function item({ file, line, original, replacement, reached }: Score['survivors'][number]): string {
  return `  * ${file}:${line} ${code(original)} → ${code(replacement)}${reached ? '' : ' (no test comes here)'}`
}

/** On one line, and with more backticks around it than are in it. */
function code(text: string): string {
  const flat = text.replaceAll(/\s+/g, ' ')
  const short = flat.length > 70 ? `${flat.slice(0, 67)}…` : flat
  const fence = '`'.repeat(1 + Math.max(0, ...(short.match(/`+/g) ?? []).map(({ length }) => length)))
  const pad = /^`|`$/.test(short) ? ' ' : ''
  return `${fence}${pad}${short || ' '}${pad}${fence}`
}

const thousands = (figure: number): string => figure.toLocaleString('en-US')
