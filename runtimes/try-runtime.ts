import { judge, type Verdict } from './judge.ts'
import type { Runtime } from './runtime.ts'

/** Milliseconds, on a machine that is busy with other things. */
const DEADLINE = 600_000

/** What is known to fail may hang instead: a whole file, or tests of it. */
const FILE_KNOWN = 30_000
const TESTS_KNOWN = 300_000

/** Runs files on a runtime, and holds what comes out against the list of what it cannot do. */
export async function tryRuntime({ run, leftOut }: Runtime, files: readonly string[]): Promise<Verdict> {
  const deadlineOf = (file: string): number => {
    const known = leftOut.filter((each) => each.file === file)
    if (known.some(({ tests }) => !tests)) return FILE_KNOWN
    return known.length > 0 ? TESTS_KNOWN : DEADLINE
  }
  const runs = await run(files, deadlineOf)
  return judge(
    runs,
    leftOut.filter(({ file }) => files.includes(file)),
  )
}
