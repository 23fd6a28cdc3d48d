/** Measures who takes how long, writes timing/results.json and docs/timing.md with its pictures of it, and fails nothing. */
import { writeFile } from 'node:fs/promises'
import { availableParallelism, cpus, loadavg } from 'node:os'
import { commandLine } from '../commands/command-line.ts'
import { type Figures, figuresOf } from './figures.ts'
import { measure } from './measure.ts'
import { pagesOf, readResults, type TimingResults, writeResults } from './results.ts'
import { rows } from './rows.ts'

const USAGE = `npm run timing [-- options]

Run it while the machine has nothing else to do.

  --samples N  how many tries of each kind, 100 at least (default: 5000)
  --budget N   milliseconds that a row may take at most (default: 20000)
  --report     only write docs/timing.md and its pictures again, of what was measured before
  --help       this`

const { values, refuse } = commandLine(USAGE, {
  options: {
    samples: { type: 'string', default: '5000' },
    budget: { type: 'string', default: '20000' },
    report: { type: 'boolean', default: false },
  },
})
const amount = { samples: Number(values.samples), budget: Number(values.budget) }
if (!(amount.samples >= 100 && amount.budget > 0))
  refuse('--samples takes 100 and more, --budget milliseconds')

async function run(): Promise<TimingResults> {
  const before = loadavg()[0]!
  const figures: Figures[] = []
  for (const row of await rows()) {
    const measured = await measure(row, amount)
    console.log(`${row.group}: ${row.name}, ${measured[0]!.samples.known.length} tries of each kind`)
    figures.push(...measured.map(figuresOf))
  }
  return {
    version: process.versions.node,
    processor: cpus()[0]?.model ?? 'an unknown processor',
    cores: availableParallelism(),
    load: { before, after: loadavg()[0]! },
    figures,
  }
}

if (!values.report) await writeResults(await run())
for (const [where, text] of pagesOf(await readResults())) await writeFile(where, text)
