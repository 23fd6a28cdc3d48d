/**
 * Soaks.
 *
 * A million logins of all kinds in turn, and of each kind by itself; 100,000 aborted exchanges, thousands of connections, 10,000 exchanges half open at once. What stays is
 * measured, and more than is allowed is a failure.
 */
import { writeFile } from 'node:fs/promises'
import { commandLine } from '../commands/command-line.ts'
import { problemsOf } from './problems.ts'
import { report } from './report.ts'
import { runSoak } from './run-soak.ts'

const USAGE = `npm run soak [-- options]

  --scale N  so many times as much: 0.01 is a quick look (default: 1)
  --write    write the table to docs/soak.md
  --help     this`

const { values, refuse } = commandLine(USAGE, {
  options: { scale: { type: 'string', default: '1' }, write: { type: 'boolean', default: false } },
})
const scale = Number(values.scale)
if (!(scale > 0)) refuse('--scale takes a number above zero')
const times = (most: number, least: number) => Math.max(least, Math.round(most * scale))

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
const problems = problemsOf(soak)
const text = report(soak, problems)
console.log(text)
if (values.write) await writeFile(new URL('../docs/soak.md', import.meta.url), text)
process.exitCode = problems.length ? 1 : 0
