import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ended } from '../ended.ts'
import type { FileRun } from '../outcome.ts'
import { bundle } from './bundle.ts'

const CONFIG = `using Workerd = import "/workerd/workerd.capnp";
const config :Workerd.Config = (services = [(name = "main", worker = (
  modules = [
    (name = "worker", esModule = embed "worker.js"),
    (name = "tests.js", esModule = embed "tests.js"),
  ],
  compatibilityDate = "2026-11-01",
))]);`

/** What the line of the outcomes begins with, whatever else a test prints. */
const MARK = 'saslkit-outcomes '

const WORKER = `import { runTests } from './tests.js'
export default { async test() { console.log(${JSON.stringify(MARK)} + JSON.stringify(await runTests())) } }`

/** Runs a file as the test of a Worker, without what workerd has of Node's. */
export async function runInWorkerd(workerd: string, file: string, deadline: number): Promise<FileRun> {
  const bundled = await bundle(file)
  if ('cannot' in bundled) return { file, outcomes: [], ...bundled }
  const folder = await mkdtemp(join(tmpdir(), 'saslkit-runtimes-'))
  try {
    await writeFile(join(folder, 'tests.js'), bundled.code)
    await writeFile(join(folder, 'worker.js'), WORKER)
    await writeFile(join(folder, 'config.capnp'), CONFIG)
    const { stdout, stderr, late } = await ended([workerd, 'test', 'config.capnp'], folder, deadline)
    const line = stdout.split('\n').find((each) => each.startsWith(MARK))
    if (line) return { file, ...JSON.parse(line.slice(MARK.length)) }
    const problem = late ? `it did not end in ${deadline / 1000} s` : stderr.trim().slice(-1500)
    return { file, outcomes: [], problem: problem || 'workerd said nothing' }
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}
