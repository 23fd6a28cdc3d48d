/** What importing an entrance costs over a Node that imports nothing. */
import { spawnSync } from 'node:child_process'
import { median } from './median.ts'
import { type Section, table } from './section.ts'

export const ENTRANCES = ['saslkit/client', 'saslkit/server', 'saslkit', 'saslkit/node'] as const

const BESIDE = 'is imported beside one of those, and shares most with it'

/** Entrances that are not measured, and why. */
export const NOT_MEASURED: Readonly<Record<string, string>> = {
  'saslkit/strings': BESIDE,
  'saslkit/credentials': BESIDE,
  'saslkit/stores': BESIDE,
  'saslkit/profiles/smtp': BESIDE,
  'saslkit/profiles/imap': BESIDE,
  'saslkit/profiles/pop3': BESIDE,
  'saslkit/testing': 'is for tests',
}

const PAIRS = 15

/** Of CPU time, for it is hardly moved by what else the machine does. Startup is nearly all one thread. */
function milliseconds(code: string): number {
  const script = `${code};const{user,system}=process.cpuUsage();process.stdout.write(String((user+system)/1e3))`
  const { stdout, status, stderr } = spawnSync(process.execPath, ['--input-type=module', '--eval', script], {
    cwd: import.meta.dirname,
    encoding: 'utf8',
  })
  if (status !== 0) throw new Error(`${code}: ${stderr}`)
  return Number(stdout)
}

export function imports(): Section {
  const figures = ENTRANCES.map((entrance) => {
    const over: number[] = []
    for (let pair = 0; pair < PAIRS; pair++)
      over.push(milliseconds(`await import('${entrance}')`) - milliseconds('await 0'))
    return median(over)
  })
  const client = figures[0]!
  const empty = median(Array.from({ length: PAIRS }, () => milliseconds('await 0')))
  return {
    title: 'Import, over an empty Node',
    lines: table(
      ['entrance', 'CPU time'],
      [
        ...ENTRANCES.map((entrance, i) => [entrance, `${figures[i]!.toFixed(1)} ms`]),
        ['(the empty Node itself)', `${empty.toFixed(1)} ms`],
      ],
    ),
    targets: [
      {
        name: 'import of saslkit/client, CPU time over an empty Node',
        asked: 'core',
        wanted: ['under', 15],
        unit: 'ms',
        value: client,
        digits: 1,
      },
    ],
  }
}
