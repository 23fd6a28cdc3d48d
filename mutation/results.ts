import { createHash } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import type { Mutant } from './mutate.ts'

/** A mutant that no test notices. */
export interface Survivor extends Omit<Mutant, 'id'> {
  /** The line that it stands in, by which an explanation finds it. */
  readonly code: string
  /** Whether any test reaches it. */
  readonly reached: boolean
}

export interface FileResult {
  /** Of the source that was mutated. */
  readonly digest: string
  /** The commit that it was tried at, with the tests of that commit; null: a working tree. */
  readonly commit: string | null
  readonly mutants: number
  readonly endless: number
  readonly letAlone: number
  readonly survivors: readonly Survivor[]
}

export interface Results {
  /** By path below packages/saslkit/src. */
  readonly files: Map<string, FileResult>
  /** What each test file's cases take, in seconds: the quick ones come first. */
  readonly seconds: Map<string, number>
}

const path = new URL('results.json', import.meta.url)

export function readResults(): Results {
  if (!existsSync(path)) return { files: new Map(), seconds: new Map() }
  const { files, seconds } = JSON.parse(readFileSync(path, 'utf8')) as {
    files: Record<string, FileResult>
    seconds: Record<string, number>
  }
  return { files: new Map(Object.entries(files)), seconds: new Map(Object.entries(seconds)) }
}

export function writeResults({ files, seconds }: Results): void {
  const content = { seconds: sorted(seconds), files: sorted(files) }
  writeFileSync(path, `${JSON.stringify(content, null, 1)}\n`)
}

const sorted = <Value>(map: ReadonlyMap<string, Value>): Record<string, Value> =>
  Object.fromEntries([...map].sort(([a], [b]) => (a < b ? -1 : 1)))

export const digestOf = (source: string): string =>
  createHash('sha256').update(source).digest('hex').slice(0, 16)

/** Whether a survivor of before is this mutant. */
export const isSame = (survivor: Survivor, mutant: Omit<Mutant, 'id'>): boolean =>
  survivor.line === mutant.line &&
  survivor.column === mutant.column &&
  survivor.mutator === mutant.mutator &&
  survivor.original === mutant.original &&
  survivor.replacement === mutant.replacement
