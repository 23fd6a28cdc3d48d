import { grouped } from './grouped.ts'
import type { FileRun, Outcome } from './outcome.ts'

/** A file of tests, or some of its tests, that cannot pass on a runtime. They are tried all the same. */
export interface LeftOut {
  /** As in `exchange/client.test.js`. */
  readonly file: string
  /** What the names match; without it, the whole file is meant. */
  readonly tests?: RegExp
  /** What the runtime lacks. */
  readonly reason: string
}

/** What did not run, or could not pass. */
export interface Missing {
  readonly file: string
  /** Names of tests; none for a whole file. */
  readonly tests: readonly string[]
  readonly reason: string
}

export interface Verdict {
  readonly passed: number
  /** Each with what went wrong. */
  readonly failed: readonly string[]
  readonly leftOut: readonly Missing[]
  /** Of the list, what is not so: it passes, or is not there. */
  readonly stale: readonly string[]
}

const named = (file: string, tests?: RegExp): string => (tests ? `${file} ${tests}` : file)

/** Holds what a runtime did against the list of what it cannot do. */
export function judge(runs: readonly FileRun[], list: readonly LeftOut[]): Verdict {
  const files = new Set(runs.map(({ file }) => file))
  const judged = runs.map((run) =>
    judgeFile(
      run,
      list.filter(({ file }) => file === run.file),
    ),
  )
  return {
    passed: judged.reduce((sum, { passed }) => sum + passed, 0),
    failed: judged.flatMap(({ failed }) => failed),
    leftOut: judged.flatMap(({ leftOut }) => leftOut),
    stale: [
      ...judged.flatMap(({ stale }) => stale),
      ...list.filter(({ file }) => !files.has(file)).map(({ file }) => `${file}: there is no such file`),
    ],
  }
}

function judgeFile(run: FileRun, list: readonly LeftOut[]): Verdict {
  const { file, outcomes, problem, cannot } = run
  if (cannot !== undefined)
    return {
      passed: 0,
      failed: [],
      leftOut: [{ file, tests: [], reason: cannot }],
      stale: list.map(({ tests }) => `${named(file, tests)}: it is not even tried, for it ${cannot}`),
    }
  const whole = list.find(({ tests }) => tests === undefined)
  if (whole) {
    const fails = problem !== undefined || outcomes.some(({ result }) => result === 'failed')
    if (fails) return { passed: 0, failed: [], leftOut: [{ ...whole, tests: [] }], stale: [] }
    return { passed: 0, failed: [], leftOut: [], stale: [`${file}: it passes`] }
  }
  return judgeTests(run, list)
}

function judgeTests({ file, outcomes, problem }: FileRun, list: readonly LeftOut[]): Verdict {
  const entryOf = ({ test }: Outcome) => list.find(({ tests }) => tests?.test(test))
  const failed = outcomes.filter(({ result }) => result === 'failed')
  const unforeseen = failed.filter((outcome) => !entryOf(outcome))
  const fatal = problem === undefined ? [] : [`${file}: ${problem}`]
  if (problem === undefined && outcomes.length === 0) fatal.push(`${file}: it has no tests`)
  return {
    passed: outcomes.filter(({ result }) => result === 'passed').length,
    failed: [...fatal, ...unforeseen.map(({ test, message }) => `${file}: ${test}: ${message}`)],
    leftOut: [
      ...list.map(({ reason, tests }) => ({
        file,
        tests: failed.map(({ test }) => test).filter((test) => tests?.test(test)),
        reason,
      })),
      ...skippedByThemselves(file, outcomes),
    ].filter(({ tests }) => tests.length > 0),
    stale: list
      .filter(({ tests }) => !failed.some(({ test }) => tests?.test(test)))
      .map(({ tests }) => `${named(file, tests)}: none of them fails`),
  }
}

function skippedByThemselves(file: string, outcomes: readonly Outcome[]): Missing[] {
  const skipped = outcomes.filter(({ result }) => result === 'skipped')
  const reasons = grouped(skipped, ({ message }) => message ?? 'left out by the test itself')
  return reasons.map(([reason, tests]) => ({ file, tests: tests.map(({ test }) => test), reason }))
}
