import fc from 'fast-check'
import type { Fuzzed, Row } from './row.ts'

export interface RunOptions {
  /** Of all rows together. */
  readonly runs: number
  readonly seed: number
  /** Where in the seed's sequence one case stands: as a failure tells it. */
  readonly path?: string | undefined
  readonly log: (line: string) => void
}

export interface Failed {
  readonly row: string
  readonly seed: number
  readonly path: string
  readonly counterexample: string
  readonly message: string
}

export interface Result {
  readonly row: string
  readonly runs: number
  readonly milliseconds: number
  readonly outcomes: ReadonlyMap<string, number>
  readonly failed: Failed | undefined
}

/** Runs the rows one after the other, each its share of the runs, and goes on after failures. */
export async function runRows(rows: readonly Row[], options: RunOptions): Promise<readonly Result[]> {
  const shares = rows.reduce((sum, { share }) => sum + share, 0)
  const results: Result[] = []
  for (const row of rows) {
    const runs = Math.max(1, Math.round((options.runs * row.share) / shares))
    const result = await runRow(row, runs, options)
    options.log(lineOf(result))
    results.push(result)
  }
  return results
}

async function runRow(row: Row, numRuns: number, { seed, path }: RunOptions): Promise<Result> {
  const rejected: unknown[] = []
  const note = (reason: unknown) => rejected.push(reason)
  process.on('unhandledRejection', note)
  const start = performance.now()
  let outcomes: Fuzzed['outcomes'] = new Map()
  const result = (runs: number, failed?: Omit<Failed, 'row' | 'seed'>): Result => ({
    row: row.name,
    runs,
    milliseconds: performance.now() - start,
    outcomes,
    failed: failed && { ...failed, row: row.name, seed },
  })
  try {
    const fuzzed = await row.ready()
    outcomes = fuzzed.outcomes
    const {
      failed,
      numRuns: runs,
      ...details
    } = await fc.check(fuzzed.property, {
      seed,
      numRuns,
      ...(path !== undefined && { path }),
    })
    await new Promise((resolve) => setImmediate(resolve)) // by then it is known which rejections nobody handles
    if (failed)
      return result(runs, {
        path: details.counterexamplePath ?? '',
        counterexample: fc.stringify(details.counterexample),
        message: messageOf(details.errorInstance),
      })
    if (!rejected.length) return result(runs)
    return result(runs, {
      path: '',
      counterexample: 'one of them',
      message: `unhandled: ${messageOf(rejected[0])}`,
    })
  } catch (error) {
    return result(0, { path: '', counterexample: 'before the first run', message: messageOf(error) })
  } finally {
    process.off('unhandledRejection', note)
  }
}

function messageOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  const { name, message, stack = '' } = error
  return stack.includes(message) ? stack : `${name}: ${message}\n${stack}`
}

function lineOf({ row, runs, milliseconds, outcomes, failed }: Result): string {
  const each = ((milliseconds * 1000) / Math.max(1, runs)).toFixed(1)
  const kinds = [...outcomes].sort().map(([outcome, count]) => `${outcome} ${count}`)
  const line = `${failed ? 'FAILED' : 'ok    '} ${row}: ${runs} runs, ${each} µs each; ${kinds.join(', ')}`
  if (!failed) return line
  const again = `npm run fuzz -- --only "${row}" --seed ${failed.seed} --path "${failed.path}"`
  return [line, `  again: ${again}`, `  ${failed.counterexample}`, failed.message.replace(/^/gm, '  ')].join(
    '\n',
  )
}
