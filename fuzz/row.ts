import type fc from 'fast-check'

/** One thing that is fuzzed. A new mechanism, profile, stored format or store joins by such a row. */
export interface Row {
  /** What `--only` takes: all of it, or its beginning. */
  readonly name: string
  /** How many runs it gets, where an ordinary row gets 1. */
  readonly share: number
  /** What has to be done once: keys, recordings. */
  ready(): Promise<Fuzzed>
  /** How it takes one text of any length, for `npm run fuzz:linear`. What it refuses, it refuses in silence. */
  readonly readable?: Readable | undefined
}

export interface Readable {
  readonly seeds: readonly string[]
  readonly pieces: readonly string[]
  read(text: string): unknown
}

/** Reads, whatever comes of it. */
export async function readQuietly(read: () => unknown): Promise<void> {
  try {
    await read()
  } catch {}
}

export interface Fuzzed {
  readonly property: fc.IAsyncProperty<unknown>
  /** What came of the runs, by kind. */
  readonly outcomes: ReadonlyMap<string, number>
}

/** Counts what came of the runs. */
export class Outcomes extends Map<string, number> {
  count(outcome: string): void {
    this.set(outcome, (this.get(outcome) ?? 0) + 1)
  }
}
