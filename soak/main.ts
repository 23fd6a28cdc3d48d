/**
 * Soaks.
 *
 * A million logins of all kinds in turn, and some of each kind by itself; passwords against each stored format; 100,000 aborted exchanges, thousands of
 * connections, 10,000 exchanges half open at once. What stays is measured, and more than is allowed is a failure.
 */
import { writeFile } from 'node:fs/promises'
import { availableParallelism, loadavg } from 'node:os'
import { commandLine } from '../commands/command-line.ts'
import { CASES } from './cases.ts'
import { problemsOf } from './problems.ts'
import { report } from './report.ts'
import { page, readResults, type SoakResults, writeResults } from './results.ts'
import { runSoak } from './run-soak.ts'
import { VISITORS } from './visitors.ts'

const USAGE = `npm run soak [-- options]

  --scale N  so many times as much: 0.01 is a quick look (default: 1)
  --write    write what was found to soak/results.json, and docs/soak.md of it
  --report   only write docs/soak.md again, of what was found before
  --help     this`

const { values, refuse } = commandLine(USAGE, {
  options: {
    scale: { type: 'string', default: '1' },
    write: { type: 'boolean', default: false },
    report: { type: 'boolean', default: false },
  },
})
const scale = Number(values.scale)
if (!(scale > 0)) refuse('--scale takes a number above zero')
const times = (most: number, least: number) => Math.max(least, Math.round(most * scale))

async function run(): Promise<SoakResults> {
  const soak = await runSoak(
    {
      logins: times(1_000_000, 2000),
      alone: times(50_000, 3000),
      aborts: times(100_000, 2000),
      halfOpen: times(10_000, 500),
      visits: times(20_000, 500),
      crowd: times(4000, 200),
    },
    console.log,
  )
  return {
    version: process.versions.node,
    cores: availableParallelism(),
    load: loadavg()[0]!,
    cases: CASES.map(({ name }) => name),
    manners: Object.keys(VISITORS),
    ...soak,
  }
}

const results = values.report ? await readResults() : await run()
const text = report(results)
console.log(text)
if (values.write) await writeResults(results)
if (values.write || values.report) await writeFile(page, text)
process.exitCode = problemsOf(results).length ? 1 : 0
