import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { fileURLToPath, pathToFileURL } from 'node:url'

const folder = fileURLToPath(new URL('engine/', import.meta.url))

/** Where something stands in a file: both counted from 0. */
export interface Position {
  readonly line: number
  readonly column: number
}

/** What the engine says of one mutant; `statusReason` only of those that are let alone. */
export interface EngineMutant {
  readonly id: string
  readonly fileName: string
  readonly mutatorName: string
  readonly replacement: string
  readonly location: { readonly start: Position; readonly end: Position }
  readonly statusReason?: string | undefined
}

/** As much of a node of Babel's as is looked at here. */
export interface SyntaxNode {
  readonly type: string
  readonly value?: unknown
  readonly name?: string
  readonly callee?: SyntaxNode
  readonly property?: SyntaxNode
  readonly quasis?: readonly { readonly value: { readonly raw: string } }[]
  readonly expressions?: readonly SyntaxNode[]
}

export interface SyntaxPath {
  readonly node: SyntaxNode
  readonly parentPath: SyntaxPath | null
  readonly listKey?: string
}

interface SourceFile {
  readonly name: string
  readonly mutate: boolean
  readonly content: string
}

interface Instrumenter {
  instrument(
    files: readonly SourceFile[],
    options: {
      readonly plugins: null
      readonly excludedMutations: readonly string[]
      readonly ignorers: readonly { shouldIgnore(path: SyntaxPath): string | undefined }[]
      readonly noHeader: boolean
    },
  ): Promise<{ readonly files: readonly SourceFile[]; readonly mutants: readonly EngineMutant[] }>
}

/** Stryker's instrumenter, from the lock in engine/; installed there when it is not there yet. */
export async function loadInstrumenter(): Promise<Instrumenter> {
  if (!existsSync(`${folder}node_modules/.package-lock.json`))
    execFileSync('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund'], {
      cwd: folder,
      stdio: 'inherit',
    })
  const path = createRequire(`${folder}package.json`).resolve('@stryker-mutator/instrumenter')
  const { Instrumenter } = (await import(pathToFileURL(path).href)) as {
    Instrumenter: new (log: object) => Instrumenter
  }
  const silent = new Proxy({}, { get: () => () => false })
  return new Instrumenter(silent)
}
