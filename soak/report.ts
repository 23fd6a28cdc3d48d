import { MOST, ONCE, ONCE_ALONE, problemsOf } from './problems.ts'
import type { SoakResults } from './results.ts'

const row = (...cells: readonly (string | number)[]): string => `| ${cells.join(' | ')} |`
const count = (number: number): string => number.toLocaleString('en-GB')
/** Without a minus before nothing. */
const tenth = (value: number): string => String(Math.round(value * 10) / 10 || 0)
const kib = (octets: number): string => count(Math.round(octets / 1024))

const ALONE = ` **Alone**, each is measured by itself: what one mechanism keeps would be a twentieth
of what it is among the others.`
const STORED = ` **Stored** credentials of each format are read anew each time, and asked about
the right password and wrong ones in turn.`

/** The page that docs/soak.md is. */
export function report(results: SoakResults): string {
  const { soaked, halfOpen, crowd, complaints, left, version, cores, load, cases, manners } = results
  const problems = problemsOf(results)
  const alone = soaked.some(({ what }) => what.startsWith('alone: '))
  const stored = soaked.some(({ what }) => what.startsWith('alone: stored '))
  return `# Soak

What stays when very much has come and gone: \`npm run soak -- --write\` measures it, and makes this page of
what it has found. Last run on Node ${version}, ${cores} cores, load ${load.toFixed(1)} at its end. A smaller one is part of the tests
([soak](../soak/soak.test.ts)).

${problems.length ? `**Not as it must be:** ${problems.join('; ')}.` : 'All is as it must be.'}

## What comes and goes

Octets in use after a full collection, heap and array buffers, in KiB, at ten points of equal work, after a first 20,000 that are
not measured: caches fill, code is compiled. What stays of each time is the slope of the line through the ten, by least squares.
Bounds: ${MOST.exchange} octets an exchange, a third of what the smallest object takes; ${MOST.connection} a connection, where Node's sockets have a part;
beside ${count(ONCE / 1024)} KiB once, for all${alone ? `, and ${count(ONCE_ALONE / 1024)} for a case alone` : ''}.

${row('', 'times', 'seconds', ...soaked[0]!.heap.map((_, at) => at + 1), 'stays, octets each', 'listeners')}
${row('---', ...Array(soaked[0]!.heap.length + 4).fill('--:'))}
${soaked.map(({ what, times, seconds, heap, perTime, listeners }) => row(what, count(times), seconds.toFixed(0), ...heap.map(kib), perTime.toFixed(2), listeners)).join('\n')}

Listeners are those on the one \`AbortSignal\` that all of them were given, which lives as long as the process.

**Logins** are spread over ${cases.length} cases: ${cases.join('; ')}. Those that derive keys are every 40th of
their turn, and others take their place.${alone ? ALONE : ''}${stored ? STORED : ''}

**Aborted exchanges** are the same, left at each of their moves in turn: dropped without a word, ended by a signal or by
\`abort()\`, at work or while waiting, by the other side's failure, or by nonsense.

**Connections** are of clients on the loopback interface, 50 at once, each in one of these manners: ${manners.join('; ')}.

## Many at once

Octets of each, and of what stays when all have gone on to their end.

${row('', 'at once', 'octets each', 'afterwards', 'listeners')}
${row('---', '--:', '--:', '--:', '--:')}
${halfOpen.map(({ what, held, each, afterwards, listeners }) => row(what, count(held), count(Math.round(each)), tenth(afterwards), count(listeners))).join('\n')}
${row('connections on a driver, both sockets in this process', count(crowd.held), count(Math.round(crowd.each)), tenth(crowd.afterwards), count(crowd.listeners))}

Of an exchange these are both halves, and the challenge between them. While it waits, nothing of it hangs on a signal; while a
directory is at work for it, two listeners do: one for the answer, one for what is made of it.

## None of these

* Unhandled rejections, and warnings such as \`MaxListenersExceededWarning\`: ${complaints.length ? complaints.join('; ') : 'none'}.
* Timers, sockets or files left when all is over: ${left.length ? left.join(', ') : 'none'}.
`
}
