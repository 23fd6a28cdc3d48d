import { COMPARED, type Figures } from './figures.ts'
import { groupsOf, nameOf } from './pictures.ts'
import { timeOf } from './quantile-plot.ts'
import type { TimingResults } from './results.ts'
import { KINDS, LEGEND } from './row.ts'
import type { Comparison } from './statistics.ts'

const row = (...cells: readonly string[]): string => `| ${cells.join(' | ')} |`

/** The page that docs/timing.md is. */
export function report({ version, processor, cores, load, figures: all }: TimingResults): string {
  return `# Time

Whoever can measure how long a server takes may learn what it does not say. \`npm run timing\` measures it and writes this page. It is
for information, and fails nothing: [SECURITY.md](../SECURITY.md) promises the same work for names that exist and names that do not, and
tests count that work ([enumeration](../packages/saslkit/test/stores/enumeration.test.ts),
[its steps](../packages/saslkit/test/stores/enumeration-work.test.ts)); what the machine makes of it is seen here.

Last run: Node ${version}, ${processor}, ${cores} cores; load ${load.before.toFixed(1)} when it began, ${load.after.toFixed(1)} when it ended, of
which this run itself is 1 to 2. ${fewest(all)} tries of each kind at least, ${most(all)} at most.

## How

A server exchange is given a message, and is timed until it answers, within one process: no socket, no network, which would only
blur what is seen. In each round every kind has its turn, in an order drawn anew. Names are of one length; there are 16
accounts of each kind, of one right password. Costs of hashes are the least there are, so that what is not the hash stands out.

The kinds:

${KINDS.map((kind) => `* **${kind}**: ${LEGEND[kind]}${kind === 'known' ? ', which all others are held against' : ''}.`).join('\n')}

## Who takes longer

For two tries, one of each kind: how often the other takes longer than a known name with a wrong password (Mann and Whitney). Where
nothing tells them apart it is every second time, give or take what *the same again* shows.

![How likely each kind takes longer than a known name](timing/differences.svg)

## Quantiles

${groupsOf(all)
  .map(nameOf)
  .map((plot) => `![${plot}](timing/${plot}.svg)`)
  .join('\n\n')}

Times against the part of all tries that took no longer, up to 95 %: beyond that is what else the machine did.

## Figures

Medians of *known*; of each other kind, by how much its median differs, Welch's t over the middle 98 %, how likely it takes longer, and
the same as standard deviations from a half (z). Either passes 1.96 once in 20 by chance; with thousands of tries, a difference
of a hundredth does, too. Under a thousand tries, which is what slow hashes get in their time, only what is large is seen.

${row('', 'tries', 'known', ...COMPARED)}
${row('---', '--:', '--:', ...COMPARED.map(() => '---'))}
${all.map(({ group, name, tries, median, compared }) => row(`${group}: ${name}`, count(tries), timeOf(median), ...COMPARED.map((kind) => words(compared[kind])))).join('\n')}

## What this shows, and what not

* *Unknown* and *disabled* beside *the same again* is the question. Where their curves lie on each other, and their whiskers reach
  a half, so many tries do not tell who exists, even within the process.
* A known name with the right password may take another time: whoever has it knows already. SCRAM signs only then.
* A difference of a fraction of a microsecond is real where its z is large, and is found over a network only with very many
  tries: networks scatter by tens of microseconds and more. It is no bound on what a patient neighbour on the same machine may do.
* Caches of the processor, the collector and the compiler are not in our hands; stores on disks or behind networks are not measured
  here, and a directory of your own is yours to keep even.
* Of several kinds of accounts in one store, a name that nobody has is always taken for the same kind, so that each *name* has a time of
  its own kind; what is compared is all names together.
* One run on one machine, shared with other work, shows what is large. It proves nothing of what is small.
`
}

const count = (number: number): string => number.toLocaleString('en-GB')
const fewest = (all: readonly Figures[]): string => count(Math.min(...all.map(({ tries }) => tries)))
const most = (all: readonly Figures[]): string => count(Math.max(...all.map(({ tries }) => tries)))

const words = ({ difference, t, longer, z }: Comparison): string =>
  `${signed(difference * 100)} %; t ${signed(t)}; ${(longer * 100).toFixed(1)} %, z ${signed(z)}`

const signed = (value: number): string => `${value < 0 ? '−' : '+'}${Math.abs(value).toFixed(1)}`
