import { judge, type Verdict } from './judge.ts'
import type { Runtime } from './runtime.ts'

/** Milliseconds, on a machine that is busy with other things. */
const DEADLINE = 300_000

/** A file that is known to fail may hang instead. */
const SHORT = 20_000

/** Runs files on a runtime, and holds what comes out against the list of what it cannot do. */
export async function tryRuntime({ run, leftOut }: Runtime, files: readonly string[]): Promise<Verdict> {
  const known = new Set(leftOut.filter(({ tests }) => !tests).map(({ file }) => file))
  const runs = await run(files, (file) => (known.has(file) ? SHORT : DEADLINE))
  return judge(
    runs,
    leftOut.filter(({ file }) => files.includes(file)),
  )
}
