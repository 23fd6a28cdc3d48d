/**
 * Soaks: npm run soak -- [--scale 1] [--write]
 *
 * A million logins, 100,000 aborted exchanges, thousands of connections, 10,000 exchanges half open at once. What stays is
 * measured, and more than is allowed is a failure. With --write, the table goes to docs/soak.md.
 */
import { writeFile } from 'node:fs/promises'
import { parseArgs } from 'node:util'
import { problemsOf } from './problems.ts'
import { report } from './report.ts'
import { runSoak } from './run-soak.ts'

const { values } = parseArgs({
  options: { scale: { type: 'string', default: '1' }, write: { type: 'boolean', default: false } },
})
const scale = Number(values.scale)
if (!(scale > 0)) throw new RangeError('--scale takes a number above zero')
const times = (most: number, least: number) => Math.max(least, Math.round(most * scale))

const soak = await runSoak(
  {
    logins: times(1_000_000, 2000),
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
