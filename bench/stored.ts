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

/** The fewest rounds that say anything, and the most CPU time that a scheme is given, in milliseconds. */
const LEAST_ROUNDS = 12
const BUDGET = 40_000

/** The least is no stroke of luck when others came as near. */
const settled = (times: readonly number[]): boolean => {
  const [least = 0, , third = Number.POSITIVE_INFINITY] = [...times].sort((a, b) => a - b)
  return third < 1.004 * least
}

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
  /** Of ours over the bare function, of the least that each took in a round: all that disturbs only ever adds. */
  readonly ratio: number
  /** Of the bare function over itself, likewise: what the machine alone makes of no difference. */
  readonly control: number
  /** By how much the median round of ours took longer than its least, as a part of it. */
  readonly disturbed: number
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
  const works = [ours, bare, bare]
  const times: number[][] = works.map(() => [])
  let rounds = 0
  for (let spent = 0; rounds < LEAST_ROUNDS || (spent < BUDGET && !times.every(settled)); rounds++)
    for (const which of ORDERS[rounds % ORDERS.length]!) {
      const time = await milliseconds(works[which]!)
      times[which]!.push(time)
      spent += time
    }
  const [least, one, other] = times.map((each) => Math.min(...each)) as [number, number, number]
  const disturbed = median(times[0]!) / least - 1
  return { scheme, rounds, bare: one, ratio: least / one, control: other / one, disturbed }
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
        [
          'verifyPassword at default cost',
          'rounds',
          'bare, ms',
          'ours / bare',
          'bare / bare',
          'median over least',
        ],
        overheads.map(({ scheme, rounds, bare, ratio, control, disturbed }) => [
          scheme,
          String(rounds),
          bare.toFixed(1),
          ratio.toFixed(3),
          control.toFixed(3),
          `${(100 * disturbed).toFixed(1)} %`,
        ]),
      ),
      '',
      'CPU time of the whole process. Each round runs ours once and the bare function twice, in every order as often, until',
      'three rounds of each come within 0.4 % of its least, or for 40 seconds. What counts is the least that each took, for',
      'neighbours only ever add. How far bare / bare is from 1 is what this run cannot tell.',
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
        name: 'verifyPassword over the bare hash function, at default costs, least of rounds, the worst scheme',
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
