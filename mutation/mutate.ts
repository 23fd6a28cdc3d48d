import { type EngineMutant, loadInstrumenter, type Position } from './engine.ts'
import { wordsOfError } from './words-of-errors.ts'

/** One change to one place. Lines and columns are counted from 1. */
export interface Mutant {
  readonly id: string
  readonly line: number
  readonly column: number
  readonly mutator: string
  /** The code that it changes, and what that becomes. */
  readonly original: string
  readonly replacement: string
}

export interface MutatedFile {
  /** Below packages/saslkit/src. */
  readonly file: string
  readonly source: string
  /** TypeScript that holds all mutants; which is active, is decided when it runs. */
  readonly instrumented: string
  readonly mutants: readonly Mutant[]
  /** How many were made and let alone, since they only empty what an error says. */
  readonly letAlone: number
}

/** Makes the mutants of these files, each of which has an id of its own. */
export async function mutate(sources: ReadonlyMap<string, string>): Promise<MutatedFile[]> {
  const instrumenter = await loadInstrumenter()
  const files = [...sources].map(([name, content]) => ({ name, mutate: true, content }))
  const made = await instrumenter.instrument(files, {
    plugins: null,
    excludedMutations: [],
    ignorers: [{ shouldIgnore: wordsOfError }],
    noHeader: false,
  })
  const instrumented = new Map(made.files.map(({ name, content }) => [name, content]))
  return [...sources].map(([file, source]) => {
    const all = made.mutants.filter(({ fileName }) => fileName === file)
    const mutants = all.filter(({ statusReason }) => !statusReason).map((mutant) => describe(mutant, source))
    return {
      file,
      source,
      instrumented: instrumented.get(file)!,
      mutants,
      letAlone: all.length - mutants.length,
    }
  })
}

function describe({ id, location, mutatorName, replacement }: EngineMutant, source: string): Mutant {
  const lines = source.split('\n')
  const offset = ({ line, column }: Position) =>
    lines.slice(0, line).reduce((sum, text) => sum + text.length + 1, 0) + column
  return {
    id,
    line: location.start.line + 1,
    column: location.start.column + 1,
    mutator: mutatorName,
    original: source.slice(offset(location.start), offset(location.end)),
    replacement,
  }
}
