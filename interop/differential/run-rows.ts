import { EXPLANATIONS } from './explained.ts'
import { PREPARATION_EXPLANATIONS } from './preparation-explained.ts'
import { type AnyRow, type RowOptions, type RowResult, resultsOf } from './results-of-row.ts'
import { Programs } from './row.ts'

/** Two at a time: one waits for a peer's process while the other works. */
const AT_ONCE = 2

/** Runs rows that can run here, and tells of each when it is done. */
export async function runRows(
  rows: readonly AnyRow[],
  options: RowOptions,
  told: (results: readonly RowResult[], seconds: number) => void = () => {},
): Promise<RowResult[]> {
  const waiting = rows.filter(({ skip }) => skip === undefined)
  const all: RowResult[] = []
  const work = async (): Promise<void> => {
    // A program holds one client and one server, so each worker has programs of its own.
    const programs = new Programs()
    try {
      for (let row = waiting.shift(); row; row = waiting.shift()) {
        const begun = performance.now()
        const results = await resultsOf(row, options, programs)
        all.push(...results)
        told(results, (performance.now() - begun) / 1000)
      }
    } finally {
      await programs.end()
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, work))
  return all.sort((a, b) => rows.indexOf(a.row) - rows.indexOf(b.row))
}

/** Explanations that explain nothing any more: their difference is gone, or never was. */
export function staleExplanations(results: readonly RowResult[]): string[] {
  const seen = new Set(results.flatMap(({ explained }) => [...explained.keys()]))
  return [...EXPLANATIONS, ...PREPARATION_EXPLANATIONS].map(({ id }) => id).filter((id) => !seen.has(id))
}
