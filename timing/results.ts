import { readFile, writeFile } from 'node:fs/promises'
import type { Figures } from './figures.ts'
import { picturesOf } from './pictures.ts'
import { report } from './report.ts'

/** What a run has measured, and where it ran. */
export interface TimingResults {
  /** Of Node. */
  readonly version: string
  readonly processor: string
  readonly cores: number
  /** When it began, and when it ended. */
  readonly load: { readonly before: number; readonly after: number }
  readonly figures: readonly Figures[]
}

const url = new URL('results.json', import.meta.url)
const docs = new URL('../docs/', import.meta.url)

export const readResults = async (): Promise<TimingResults> => JSON.parse(await readFile(url, 'utf8'))

/** A row of figures a line, so that a difference can be read; to a hundred-thousandth, which is more than is seen. */
export function writeResults({ figures, ...where }: TimingResults): Promise<void> {
  const rounded = (_: string, value: unknown) =>
    typeof value === 'number' ? Number(value.toPrecision(6)) : value
  const lines = figures.map((each) => JSON.stringify(each, rounded)).join(',\n')
  return writeFile(url, `${JSON.stringify(where).slice(0, -1)},"figures":[\n${lines}\n]}\n`)
}

/** docs/timing.md and its pictures: what stands where. */
export const pagesOf = (results: TimingResults): readonly (readonly [where: URL, text: string])[] => [
  [new URL('timing.md', docs), report(results)],
  ...picturesOf(results.figures).map(({ name, svg }) => [new URL(`timing/${name}.svg`, docs), svg] as const),
]
