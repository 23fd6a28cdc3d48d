/** Whole exchanges a second: saslkit, GNU SASL, Cyrus SASL, Go's libraries and what npm has, in turns. */
import { fileURLToPath } from 'node:url'
import { median } from '../median.ts'
import { type Section, table } from '../section.ts'
import type { Range, Target } from '../target.ts'
import { type Contestant, startContestant } from './contestant.ts'
import { buildNative, NATIVE_PROGRAMS } from './native.ts'

export interface ExchangesOptions {
  readonly rounds: number
  /** Of CPU time, for each contestant in each round. */
  readonly seconds: number
  /** Only cases whose name holds this. */
  readonly only: string
}

/** A case of ours, and what it is called by the others where that differs. */
const CASES: readonly { readonly name: string; readonly theirs?: string; readonly title?: string }[] = [
  { name: 'PLAIN' },
  { name: 'PLAIN-awaited', theirs: 'PLAIN', title: 'PLAIN, every step awaited' },
  { name: 'LOGIN' },
  { name: 'CRAM-MD5' },
  { name: 'EXTERNAL' },
  { name: 'ANONYMOUS' },
  { name: 'XOAUTH2' },
  { name: 'OAUTHBEARER' },
  { name: 'SCRAM-SHA-1', title: 'SCRAM-SHA-1, keys cached' },
  { name: 'SCRAM-SHA-256', title: 'SCRAM-SHA-256, keys cached' },
  { name: 'SCRAM-SHA-512', title: 'SCRAM-SHA-512, keys cached' },
  { name: 'SCRAM-SHA-1-4096', title: 'SCRAM-SHA-1 at 4,096' },
  { name: 'SCRAM-SHA-256-4096', title: 'SCRAM-SHA-256 at 4,096' },
  { name: 'SCRAM-SHA-512-4096', title: 'SCRAM-SHA-512 at 4,096' },
]

const CLIENTS = ['pg', 'mongodb', 'kafkajs', '@xmpp/sasl-scram-sha-1']

/** CPU time that each contestant works on a case before its rounds: V8 compiles a case anew for that long. */
const WARM_SECONDS = 2

/** Of both in turn, so that a slow moment of the machine is both's. */
interface Ratio {
  /** The median of the rounds' ratios. */
  readonly ratio: number
  readonly range: Range
}

interface Figure {
  readonly rate: number
  readonly ratios: ReadonlyMap<string, Ratio>
}

const program = (name: string): string => fileURLToPath(new URL(name, import.meta.url))

/** How to start a contestant: one process for each case, so that none runs on code that V8 made for another. */
interface Entry {
  readonly name: string
  readonly start: () => Contestant
}

const OURS: Entry = {
  name: 'saslkit',
  start: () => startContestant('saslkit', process.execPath, [program('saslkit.ts')]),
}

const inJavaScript = (name: string): Entry => ({
  name,
  start: () => startContestant(name, process.execPath, [program('npm-client.ts'), name]),
})

export async function exchanges({ rounds, seconds, only }: ExchangesOptions): Promise<Section> {
  const missing: string[] = []
  const others: Entry[] = []
  for (const native of NATIVE_PROGRAMS)
    try {
      const built = buildNative(native)
      others.push({ name: native.name, start: () => startContestant(native.name, built) })
    } catch (error) {
      missing.push(`**MISSING: ${error instanceof Error ? error.message : String(error)}**`)
    }
  others.push(...CLIENTS.map(inJavaScript))

  const figures = new Map<string, Figure>()
  for (const { name, theirs = name } of CASES)
    if (name.includes(only)) {
      figures.set(name, await contest(name, theirs, others, rounds, seconds))
      process.stderr.write(`${name}: ${perSecond(figures.get(name)!.rate)}\n`)
    }

  const names = others.map(({ name }) => name)
  const rows = CASES.flatMap(({ name, title = name }) => {
    const figure = figures.get(name)
    if (!figure) return []
    return [[title, perSecond(figure.rate), ...names.map((other) => withRange(figure.ratios.get(other)))]]
  })
  return {
    title: 'Whole exchanges, both halves, one thread',
    lines: [
      ...missing,
      ...table(['mechanism', 'saslkit a second', ...names.map((name) => `over ${name}`)], rows),
      '',
      `Exchanges for a second of CPU time of the whole process, after ${WARM_SECONDS} seconds of warm-up for each contestant and case. In`,
      `the columns to the right, how many times as many as the other does: the median of the ratios of ${rounds} rounds, in each of`,
      `which both run for ${seconds} seconds one after the other, and the least and the most of them. pg, mongodb, kafkajs and @xmpp are`,
      'client halves, against our server half. Cyrus SASL has no client that keeps keys: the least that can be written stands',
      'in for it.',
    ],
    targets: targets(figures),
    bars: CASES.flatMap(({ name, title = name }) =>
      [...(figures.get(name)?.ratios ?? [])].map(([over, ratio]) => ({ group: title, over, ...ratio })),
    ),
  }
}

async function contest(
  name: string,
  theirs: string,
  entries: readonly Entry[],
  rounds: number,
  seconds: number,
): Promise<Figure> {
  const ours = OURS.start()
  const running = entries.map(({ start }) => start())
  try {
    await ours.rate(name, WARM_SECONDS)
    const against: Contestant[] = []
    for (const other of running)
      if ((await other.rate(theirs, WARM_SECONDS)) !== undefined) against.push(other)
    const rates: number[] = []
    const ratios = new Map(against.map((other): [string, number[]] => [other.name, []]))
    const measureOurs = async () => {
      const rate = (await ours.rate(name, seconds))!
      rates.push(rate)
      return rate
    }
    for (let round = 0; round < rounds; round++) {
      if (against.length === 0) await measureOurs()
      for (const other of against) {
        // Who goes first takes turns too.
        const before = round % 2 === 0 ? await measureOurs() : undefined
        const rate = (await other.rate(theirs, seconds))!
        ratios.get(other.name)!.push((before ?? (await measureOurs())) / rate)
      }
    }
    return {
      rate: median(rates),
      ratios: new Map(
        [...ratios].map(([other, all]) => [other, { ratio: median(all), range: rangeOf(all) }]),
      ),
    }
  } finally {
    for (const each of [ours, ...running]) each.end()
  }
}

const rangeOf = (values: readonly number[]): Range => [Math.min(...values), Math.max(...values)]

function targets(figures: ReadonlyMap<string, Figure>): Target[] {
  const atLeast = (least: number, name: string, other: string, title = other): Target => {
    const figure = figures.get(name)?.ratios.get(other)
    const what = CASES.find((each) => each.name === name)?.title ?? name
    return {
      name: `${what}: exchanges over ${title}, median of rounds after warm-up`,
      asked: 'core',
      wanted: ['at least', least],
      value: figure?.ratio,
      range: figure?.range,
    }
  }
  return [
    atLeast(2, 'SCRAM-SHA-256', 'GNU SASL'),
    atLeast(1.5, 'SCRAM-SHA-256', 'Go', 'xdg-go/scram'),
    atLeast(1.5, 'CRAM-MD5', 'GNU SASL'),
    atLeast(3, 'PLAIN', 'GNU SASL', 'GNU SASL (pysasl does as many: 309 K where GNU SASL does 306 K)'),
    atLeast(0.2, 'PLAIN', 'Go', 'go-sasl'),
  ]
}

const times = (ratio: number): string => (ratio < 10 ? ratio.toFixed(2) : ratio.toFixed(0))

const withRange = (figure: Ratio | undefined): string =>
  figure ? `${times(figure.ratio)} (${figure.range.map(times).join('–')})` : ''

const perSecond = (rate: number): string =>
  rate >= 1e6
    ? `${(rate / 1e6).toFixed(2)} M`
    : rate >= 1e4
      ? `${(rate / 1e3).toFixed(0)} K`
      : rate.toFixed(0)
