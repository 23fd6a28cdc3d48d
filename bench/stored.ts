/** What checking a stored credential costs over its bare hash function, and whether time tells which names exist. */
import { argon2, pbkdf2, scrypt } from 'node:crypto'
import { promisify } from 'node:util'
import bcrypt from '@node-rs/bcrypt'
import { type MakeScheme, makeStoredCredential, verifyPassword } from 'saslkit/credentials'
import { median } from './median.ts'
import { type Section, table } from './section.ts'
import { type Difference, unknownNames } from './stored-names.ts'

const PASSWORD = 'correct horse battery'
const password = new TextEncoder().encode(PASSWORD)
const salt = new Uint8Array(16).fill(7)
const MIB = 2 ** 20

/** Each at the cost that makeStoredCredential takes by default, and what it comes down to. */
const BARE: Readonly<Partial<Record<MakeScheme, () => Promise<unknown>>>> = {
  argon2id: () =>
    promisify(argon2)('argon2id', {
      message: password,
      nonce: salt,
      memory: 19_456,
      passes: 2,
      parallelism: 1,
      tagLength: 32,
    }),
  scrypt: () =>
    new Promise((resolve, reject) => {
      const cost = { N: 131_072, r: 8, p: 1, maxmem: 256 * MIB }
      scrypt(password, salt, 32, cost, (error, key) => (error ? reject(error) : resolve(key)))
    }),
  bcrypt: () => bcrypt.hash(password, 12, salt),
  'pbkdf2-sha1': () => promisify(pbkdf2)(password, salt, 1_300_000, 20, 'sha1'),
  'pbkdf2-sha256': () => promisify(pbkdf2)(password, salt, 600_000, 32, 'sha256'),
  'pbkdf2-sha512': () => promisify(pbkdf2)(password, salt, 210_000, 64, 'sha512'),
  'SCRAM-SHA-256': () => promisify(pbkdf2)(password, salt, 65_536, 32, 'sha256'),
}

/** CPU time that one scheme is given, in milliseconds, and the fewest rounds that say anything. */
const BUDGET = 9000
const LEAST_ROUNDS = 12

async function milliseconds(work: () => Promise<unknown>): Promise<number> {
  const start = process.cpuUsage()
  await work()
  const { user, system } = process.cpuUsage(start)
  return (user + system) / 1e3
}

interface Overhead {
  readonly scheme: string
  readonly rounds: number
  readonly bare: number
  /** Of ours over the bare function, in each round; the median. */
  readonly ratio: number
  /** Of the bare function over itself, likewise: what the machine alone makes of no difference. */
  readonly control: number
  /** Half of the rounds' ratios are within this of the median, as a part of it. */
  readonly spread: number
}

/** Who goes first changes from round to round, in each order as often: what one leaves behind is the next one's to bear. */
const ORDERS = [
  [0, 1, 2],
  [1, 2, 0],
  [2, 0, 1],
  [0, 2, 1],
  [2, 1, 0],
  [1, 0, 2],
] as const

async function overhead(scheme: MakeScheme, bare: () => Promise<unknown>): Promise<Overhead> {
  const stored = await makeStoredCredential(PASSWORD, { scheme, salt })
  const ours = async () => {
    if (!(await verifyPassword(stored, PASSWORD))) throw new Error(`${scheme}: the password is not right`)
  }
  await ours()
  await bare()
  const once = await milliseconds(bare)
  const works = [ours, bare, bare]
  const rounds = ORDERS.length * Math.ceil(Math.max(LEAST_ROUNDS, BUDGET / (3 * once)) / ORDERS.length)
  const [bares, ratios, controls]: [number[], number[], number[]] = [[], [], []]
  for (let round = 0; round < rounds; round++) {
    const times = [0, 0, 0]
    for (const which of ORDERS[round % ORDERS.length]!) times[which] = await milliseconds(works[which]!)
    const [our = 0, one = 0, other = 0] = times
    bares.push(one)
    ratios.push(our / one)
    controls.push(other / one)
  }
  const ratio = median(ratios)
  const spread = median(ratios.map((each) => Math.abs(each - ratio))) / ratio
  return { scheme, rounds, bare: median(bares), ratio, control: median(controls), spread }
}

const row = ({ scheme, samples, known, unknown, deviation, difference, chance }: Difference): string[] => [
  scheme,
  String(samples),
  known.toFixed(1),
  unknown.toFixed(1),
  deviation.toFixed(1),
  difference.toFixed(2),
  chance.toFixed(2),
]

export async function stored(): Promise<Section> {
  const overheads: Overhead[] = []
  for (const [scheme, bare] of Object.entries(BARE))
    overheads.push(await overhead(scheme as MakeScheme, bare))
  const differences = await unknownNames()
  const worst = overheads.reduce((most, one) => (one.ratio > most.ratio ? one : most))
  const quickest = differences.reduce((least, one) => (one.difference < least.difference ? one : least))
  return {
    title: 'Stored credentials',
    lines: [
      ...table(
        ['verifyPassword at default cost', 'rounds', 'bare, ms', 'ours / bare', 'bare / bare', 'half within'],
        overheads.map(({ scheme, rounds, bare, ratio, control, spread }) => [
          scheme,
          String(rounds),
          bare.toFixed(1),
          ratio.toFixed(3),
          control.toFixed(3),
          `± ${(100 * spread).toFixed(1)} %`,
        ]),
      ),
      '',
      'CPU time of the whole process. Each round runs ours once and the bare function twice, in every order as often; the',
      'columns are medians of the ratios of the rounds. How far bare / bare is from 1 is what this run cannot tell.',
      '',
      '### A name that nobody has, against a wrong password',
      '',
      ...table(
        [
          'scheme',
          'logins',
          'wrong password, µs',
          'unknown name, µs',
          'MAD, µs',
          'difference, MAD',
          'chance, MAD',
        ],
        differences.map(row),
      ),
      '',
      'Medians of as many logins of each kind, in turn, through directory(memoryStore(…)), at low costs so that a difference',
      'would stand out. MAD: the median absolute deviation of logins with a wrong password. Below zero, unknown names are',
      'quicker. Chance: what no difference looks like, at most, 19 times of 20. For information: not a target.',
    ],
    targets: [
      {
        name: 'verifyPassword over the bare hash function, at default costs, median of rounds, the worst scheme',
        asked: 'stored credentials',
        wanted: ['at most', 1.02],
        value: worst.ratio,
        digits: 3,
        note: `${worst.scheme}, whose bare function is ${worst.control.toFixed(3)} of itself`,
      },
      {
        name: 'a name that nobody has is quicker than a wrong password, the quickest scheme',
        asked: 'stored credentials',
        value: Math.max(0, -quickest.difference),
        unit: 'of the median deviation',
        note: `${quickest.scheme}, where chance makes ${quickest.chance.toFixed(2)}`,
      },
    ],
  }
}
