/** Measures who takes how long, writes docs/timing.md and its plots, and fails nothing. */
import { mkdir, writeFile } from 'node:fs/promises'
import { loadavg } from 'node:os'
import { commandLine } from '../commands/command-line.ts'
import { differencePlot } from './difference-plot.ts'
import { measure } from './measure.ts'
import { quantilePlot } from './quantile-plot.ts'
import { report } from './report.ts'
import type { Measured } from './row.ts'
import { rows } from './rows.ts'

const USAGE = `npm run timing [-- options]

Run it while the machine has nothing else to do.

  --samples N  how many tries of each kind, 100 at least (default: 5000)
  --budget N   milliseconds that a row may take at most (default: 20000)
  --help       this`

const { values, refuse } = commandLine(USAGE, {
  options: {
    samples: { type: 'string', default: '5000' },
    budget: { type: 'string', default: '20000' },
  },
})
const amount = { samples: Number(values.samples), budget: Number(values.budget) }
if (!(amount.samples >= 100 && amount.budget > 0))
  refuse('--samples takes 100 and more, --budget milliseconds')

const before = loadavg()[0]!
const all: Measured[] = []
for (const row of await rows()) {
  const measured = await measure(row, amount)
  console.log(`${row.group}: ${row.name}, ${measured[0]!.samples.known.length} tries of each kind`)
  all.push(...measured)
}

const docs = new URL('../docs/', import.meta.url)
await mkdir(new URL('timing/', docs), { recursive: true })
const write = (name: string, svg: string) => writeFile(new URL(`timing/${name}.svg`, docs), svg)
const groups = [...new Set(all.map(({ group }) => group))]
const plots = groups.map((group) => group.toLowerCase())
for (const [at, group] of groups.entries())
  await write(
    plots[at]!,
    quantilePlot(
      `Times of ${group}, by quantile`,
      all.filter((each) => each.group === group),
    ),
  )
await write('differences', differencePlot('How likely each kind takes longer than a known name', all))
await writeFile(new URL('timing.md', docs), report(all, plots, { before, after: loadavg()[0]! }))
