/** SASLprep of names, ours against what the drivers of MongoDB use. */
import { prepareName } from 'saslkit/strings'
import { median } from './median.ts'
import { peerVersion, requirePeer } from './peers.ts'
import { type Section, table } from './section.ts'
import type { Range } from './target.ts'

export const ASCII_NAME = 'SASLprep of an ASCII name'

const NAMES = [
  ['an ASCII name', 'tim.o.reilly'],
  ['a Latin name', 'Tîmothée'],
  ['a Han name', '山田太郎'],
] as const

function rate(call: () => unknown, seconds: number): number {
  const start = process.cpuUsage()
  for (let calls = 1000; ; calls += 1000) {
    for (let i = 0; i < 1000; i++) call()
    const { user, system } = process.cpuUsage(start)
    const spent = (user + system) / 1e6
    if (spent >= seconds) return calls / spent
  }
}

export async function saslprep(): Promise<Section> {
  const { saslprep: theirs } = requirePeer('@mongodb-js/saslprep') as { saslprep(text: string): string }
  const figures: { ours: number; ratio: number; range: Range }[] = []
  for (const [, name] of NAMES) {
    if ((await prepareName(name, 'saslprep')) !== theirs(name)) throw new Error(`${name} differs`)
    const rates: number[] = []
    const ratios: number[] = []
    for (let round = 0; round < 8; round++) {
      const ours = rate(() => prepareName(name, 'saslprep'), 0.1)
      const ratio = ours / rate(() => theirs(name), 0.1)
      if (round === 0) continue
      rates.push(ours)
      ratios.push(ratio)
    }
    const range: Range = [Math.min(...ratios), Math.max(...ratios)]
    figures.push({ ours: median(rates), ratio: median(ratios), range })
  }
  const [ascii] = figures
  return {
    title: 'SASLprep',
    lines: table(
      ['', 'saslkit a second', `over @mongodb-js/saslprep ${peerVersion('@mongodb-js/saslprep')}`],
      NAMES.map(([title], i) => [
        title,
        `${(figures[i]!.ours / 1e6).toFixed(2)} M`,
        figures[i]!.ratio.toFixed(1),
      ]),
    ),
    bars: [{ group: ASCII_NAME, over: '@mongodb-js/saslprep', ratio: ascii!.ratio, range: ascii!.range }],
    targets: [
      {
        name: 'SASLprep of an ASCII name over @mongodb-js/saslprep, median of rounds',
        asked: 'core',
        wanted: ['at least', 10],
        value: ascii!.ratio,
        range: ascii!.range,
        digits: 1,
      },
    ],
  }
}
