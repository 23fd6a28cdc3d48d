import { readFile, writeFile } from 'node:fs/promises'
import { interopPage } from './interop-page.ts'
import type { Result } from './results.ts'

const url = new URL('results.json', import.meta.url)
/** docs/interop.md */
export const page: URL = new URL('../docs/interop.md', import.meta.url)

/** What passed when last it was recorded. */
export const readRecorded = async (): Promise<readonly Result[]> => JSON.parse(await readFile(url, 'utf8'))

/** One a line, so that a difference can be read. */
export const writeRecorded = (results: readonly Result[]): Promise<void> =>
  writeFile(url, `[\n${results.map((result) => JSON.stringify(result)).join(',\n')}\n]\n`)

export const writePage = async (): Promise<void> => writeFile(page, interopPage(await readRecorded()))
