/** Runs the library's tests on every runtime, and writes down what came out. */
import { execFileSync } from 'node:child_process'
import { commandLine } from '../commands/command-line.ts'
import { whyMissing } from '../packaging/installed.ts'
import { matrix, writeDocuments } from './matrix.ts'
import { root, testFiles } from './paths.ts'
import { type Result, readResults, writeResults } from './results.ts'
import { RUNTIMES } from './runtimes.ts'
import { tryRuntime } from './try-runtime.ts'

const IDS = RUNTIMES.map(({ id }) => id).join(', ')
const USAGE = `npm run runtimes [-- runtimes]

Without any, all of ${IDS}.

  --help  this`

const { positionals: asked, refuse } = commandLine(USAGE, { allowPositionals: true, options: {} })
const unknown = asked.find((id) => !RUNTIMES.some((runtime) => runtime.id === id))
if (unknown) refuse(`${unknown} is none of ${IDS}`)
const chosen = RUNTIMES.filter(({ id }) => asked.length === 0 || asked.includes(id))

await whyMissing('runtimes')
const files = await testFiles()
const commit = execFileSync('git', ['rev-parse', '--short=12', 'HEAD'], { cwd: root }).toString().trim()

for (const runtime of chosen) {
  const { name, condition } = runtime
  const began = performance.now()
  try {
    const version = await runtime.version()
    const { passed, failed, leftOut, stale } = await tryRuntime(runtime, files)
    const found = { files: files.length, passed, failed: failed.length, leftOut }
    await keep(name, { version, condition, commit, ...found })
    const seconds = Math.round((performance.now() - began) / 1000)
    console.log(`${name} ${version}: ${passed} passed, ${failed.length} failed, in ${seconds} s`)
    for (const line of failed) console.log(`  failed: ${line}`)
    for (const line of stale) console.log(`  listed as left out, and wrongly: ${line}`)
    if (failed.length > 0 || stale.length > 0) process.exitCode = 1
  } catch (error) {
    process.exitCode = 1
    console.log(`${name} NOT TESTED: ${(error as Error).message}`)
  }
}

const results = await readResults()
await writeDocuments(results)
console.log(`\n${matrix(results)}`)

/** In the order of RUNTIMES, with what is known of the others. */
async function keep(name: string, result: Result): Promise<void> {
  const all = { ...(await readResults()), [name]: result }
  const ordered = RUNTIMES.flatMap((runtime) => {
    const known = all[runtime.name]
    return known ? [[runtime.name, known] as const] : []
  })
  await writeResults(Object.fromEntries(ordered))
}
