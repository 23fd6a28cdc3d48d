import { readFile, writeFile } from 'node:fs/promises'
import type { Missing } from './judge.ts'

/** What a runtime did when last it was asked. */
export interface Result {
  readonly version: string
  readonly condition: 'node' | 'default'
  /** Of the sources that it ran. */
  readonly commit: string
  readonly files: number
  readonly passed: number
  readonly failed: number
  readonly leftOut: readonly Missing[]
}

/** By the name of the runtime. */
export type Results = Readonly<Record<string, Result>>

const url = new URL('results.json', import.meta.url)

export const readResults = async (): Promise<Results> => JSON.parse(await readFile(url, 'utf8'))

export const writeResults = (results: Results): Promise<void> =>
  writeFile(url, `${JSON.stringify(results, null, 1)}\n`)
