import { readFileSync, writeFileSync } from 'node:fs'
import type { Section } from './section.ts'

/** All that a whole run has measured, and on what: results.json. Report and picture are made of it. */
export interface Recorded {
  readonly machine: readonly string[]
  readonly sections: readonly Section[]
}

const path = new URL('results.json', import.meta.url)

export const readRecord = (): Recorded => JSON.parse(readFileSync(path, 'utf8')) as Recorded

export const writeRecord = (record: Recorded): void =>
  writeFileSync(path, `${JSON.stringify(record, null, 2)}\n`)
