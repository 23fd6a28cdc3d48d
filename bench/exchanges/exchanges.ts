/** Whole exchanges a second: saslkit, GNU SASL, Cyrus SASL, Go's libraries and what npm has, in turns. */
import { fileURLToPath } from 'node:url'
import { median } from '../median.ts'
import { type Section, type Target, table } from '../section.ts'
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

/** How long a JavaScript program runs before it is measured: until V8 has done its work. */
const WARM_SECONDS = 3

/** The median rate of ours, and of ours over theirs round by round, which a slow moment of the machine hardly moves. */
interface Figure {
  readonly rate: number
  readonly ratios: ReadonlyMap<string, number>
}

const program = (name: string): string => fileURLToPath(new URL(name, import.meta.url))

export async function exchanges({ rounds, seconds, only }: ExchangesOptions): Promise<Section> {
  const missing: string[] = []
  const others: Contestant[] = []
  for (const native of NATIVE_PROGRAMS)
    try {
      others.push(startContestant(native.name, buildNative(native)))
    } catch (error) {
      missing.push(`**MISSING: ${error instanceof Error ? error.message : String(error)}**`)
    }
  for (const name of CLIENTS)
    others.push(startContestant(name, process.execPath, [program('npm-client.ts'), name]))

  const figures = new Map<string, Figure>()
  try {
    for (const { name, theirs = name } of CASES)
      if (name.includes(only)) {
        figures.set(name, await contest(name, theirs, others, rounds, seconds))
        process.stderr.write(`${name}: ${perSecond(figures.get(name)!.rate)}\n`)
      }
  } finally {
    for (const other of others) other.end()
  }

  const names = others.map(({ name }) => name)
  const rows = CASES.flatMap(({ name, title = name }) => {
    const figure = figures.get(name)
    if (!figure) return []
    return [[title, perSecond(figure.rate), ...names.map((other) => times(figure.ratios.get(other)))]]
  })
  return {
    title: 'Whole exchanges, both halves, one thread',
    lines: [
      ...missing,
      ...table(['mechanism', 'saslkit a second', ...names.map((name) => `over ${name}`)], rows),
      '',
      'Exchanges for a second of CPU time of the whole process. In the columns to the right, how many times as many as',
      'the other does: the median of the ratios of each round. pg, mongodb, kafkajs and @xmpp are client halves, against',
      'our server half. Cyrus SASL has no client that keeps keys: the least that can be written stands in for it.',
    ],
    targets: targets(figures),
  }
}

async function contest(
  name: string,
  theirs: string,
  others: readonly Contestant[],
  rounds: number,
  seconds: number,
): Promise<Figure> {
  // A process of its own for each case, so that none runs on code that V8 made for another.
  const ours = startContestant('saslkit', process.execPath, [program('saslkit.ts')])
  try {
    await ours.rate(name, WARM_SECONDS)
    const against: Contestant[] = []
    for (const other of others) if ((await other.rate(theirs, seconds)) !== undefined) against.push(other)
    const rates: number[] = []
    const ratios = new Map(against.map((other): [string, number[]] => [other.name, []]))
    for (let round = 0; round < rounds; round++) {
      const rate = (await ours.rate(name, seconds))!
      rates.push(rate)
      for (const other of against) ratios.get(other.name)!.push(rate / (await other.rate(theirs, seconds))!)
    }
    return { rate: median(rates), ratios: new Map([...ratios].map(([other, all]) => [other, median(all)])) }
  } finally {
    ours.end()
  }
}

function targets(figures: ReadonlyMap<string, Figure>): Target[] {
  const atLeast = (least: number, name: string, other: string, title = other): Target => {
    const ratio = figures.get(name)?.ratios.get(other)
    return {
      name: `${name} over ${title}`,
      wanted: `at least ${least}`,
      measured: times(ratio),
      met: ratio === undefined ? undefined : ratio >= least,
    }
  }
  return [
    atLeast(2, 'SCRAM-SHA-256', 'GNU SASL'),
    atLeast(1.5, 'SCRAM-SHA-256', 'Go', 'xdg-go/scram'),
    atLeast(1.5, 'CRAM-MD5', 'GNU SASL'),
    atLeast(
      3,
      'PLAIN',
      'GNU SASL',
      'GNU SASL (and pysasl, which does as many: 309 K where GNU SASL does 306 K)',
    ),
    atLeast(0.2, 'PLAIN', 'Go', 'go-sasl'),
  ]
}

const times = (ratio: number | undefined): string =>
  ratio === undefined ? '' : ratio < 10 ? ratio.toFixed(2) : ratio.toFixed(0)

const perSecond = (rate: number): string =>
  rate >= 1e6
    ? `${(rate / 1e6).toFixed(2)} M`
    : rate >= 1e4
      ? `${(rate / 1e3).toFixed(0)} K`
      : rate.toFixed(0)
