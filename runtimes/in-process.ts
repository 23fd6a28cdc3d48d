import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ended } from './ended.ts'
import { outcomesOfJunit } from './junit.ts'
import type { FileRun } from './outcome.ts'
import { library } from './paths.ts'

/** The command that runs one file of tests, and writes JUnit's XML to `report`; a test may take `patience` milliseconds. */
export type Command = (
  file: string,
  report: string,
  patience: number,
) => readonly [program: string, ...args: readonly string[]]

/**
 * Runs a file by the runtime's own test runner, in a process of its own, where nothing is left of other tests.
 *
 * @param deadline milliseconds.
 */
export async function runInProcess(command: Command, file: string, deadline: number): Promise<FileRun> {
  const folder = await mkdtemp(join(tmpdir(), 'saslkit-runtimes-'))
  try {
    const report = join(folder, 'report.xml')
    const { code, stdout, stderr, late } = await ended(
      command(join('dist/test', file), report, Math.round(deadline / 3)),
      library,
      deadline,
    )
    const outcomes = outcomesOfJunit(await readFile(report, 'utf8').catch(() => ''))
    // What did not come to its turn is neither passed nor left out.
    if (late)
      return {
        file,
        outcomes: outcomes.filter(({ result }) => result === 'passed'),
        problem: `it did not end in ${deadline / 1000} s`,
      }
    if (code !== 0 && !outcomes.some(({ result }) => result === 'failed'))
      return { file, outcomes, problem: `${stdout}\n${stderr}`.trim().slice(-1500) }
    return { file, outcomes }
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}
