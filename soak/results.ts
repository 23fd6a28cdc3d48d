import { readFile, writeFile } from 'node:fs/promises'
import type { Soak } from './run-soak.ts'

/** What a run has found, and where it ran. */
export interface SoakResults extends Soak {
  /** Of Node. */
  readonly version: string
  readonly cores: number
  /** At its end. */
  readonly load: number
  /** What the logins were spread over, by name. */
  readonly cases: readonly string[]
  /** The manners of connections. */
  readonly manners: readonly string[]
}

const url = new URL('results.json', import.meta.url)
/** docs/soak.md */
export const page: URL = new URL('../docs/soak.md', import.meta.url)

export const readResults = async (): Promise<SoakResults> => JSON.parse(await readFile(url, 'utf8'))

export const writeResults = (results: SoakResults): Promise<void> =>
  writeFile(url, `${JSON.stringify(results, null, 1)}\n`)
