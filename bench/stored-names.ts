/** The time of a login with a name that nobody has, against that with a wrong password, for each scheme by itself. */
import { allowBroken, type MakeScheme, makeStoredCredential } from 'saslkit/credentials'
import { directory, memoryStore } from 'saslkit/stores'
import { median } from './median.ts'

const SCHEMES: readonly MakeScheme[] = [
  'argon2id',
  'argon2i',
  'argon2d',
  'scrypt',
  'bcrypt',
  'pbkdf2-sha1',
  'pbkdf2-sha256',
  'pbkdf2-sha512',
  'yescrypt',
  'sha512-crypt',
  'sha256-crypt',
  'md5-crypt',
  'apr1',
  'ssha512',
  'ssha384',
  'ssha256',
  'ssha',
  'smd5',
  'sha512',
  'sha384',
  'sha256',
  'sha',
  'md5',
  'md4',
  'cleartext',
  'cram-md5',
  'digest-md5',
  'SCRAM-SHA-1',
  'SCRAM-SHA-256',
  'SCRAM-SHA-512',
]

/** The least that each scheme takes, so that what is not the hash stands out. */
const LEAST = { iterations: 4096, rounds: 1000, memory: 256, passes: 1, N: 256 }
const leastCost = (scheme: MakeScheme): number => (scheme === 'yescrypt' ? 1 : 4)

const ACCOUNTS = 16
/** Milliseconds that one scheme is given, and the most pairs that it makes of them. */
const BUDGET = 2000
const MOST_PAIRS = 2000
const WARM_UP = 40

/** Microseconds, but for the last. */
export interface Difference {
  readonly scheme: string
  readonly known: number
  readonly unknown: number
  readonly deviation: number
  /** Unknown names over known ones, in median absolute deviations: below zero, unknown names are quicker. */
  readonly difference: number
  /** What chance alone makes of no difference, at most, 19 times of 20; in the same. */
  readonly chance: number
  /** Logins of each kind. */
  readonly samples: number
}

/** As long as each other, and as many, so that nothing but the account makes the two differ. */
const known = (at: number): string => `known-${String(at % ACCOUNTS).padStart(2, '0')}`
const unknown = (at: number): string => `other-${String(at % ACCOUNTS).padStart(2, '0')}`

async function differenceOf(scheme: MakeScheme): Promise<Difference> {
  const accounts = Array.from({ length: ACCOUNTS }, async (_, at) => {
    const name = known(at)
    const cost = { ...LEAST, cost: leastCost(scheme) }
    const owner = { username: name, realm: 'example.org' }
    const made = await makeStoredCredential('right', { scheme, ...cost, ...owner, [allowBroken]: true })
    // Texts, as a database has them: reading them is part of a login.
    return { name, realm: 'example.org', credentials: [made.text] }
  })
  const store = await memoryStore(await Promise.all(accounts), {
    parse: scheme === 'cleartext' ? { hint: 'dovecot' } : {},
  })
  const { verifyPassword } = directory(store, {
    decoySecret: new Uint8Array(32),
    log: (event) => {
      throw new Error(`${scheme}: ${event.kind}`)
    },
  })
  const context = { connection: { secure: true } }
  const microseconds = async (name: string): Promise<number> => {
    const start = performance.now()
    const verdict = await verifyPassword(name, 'wrong', context)
    const time = (performance.now() - start) * 1e3
    if (verdict !== false) throw new Error(`${scheme}: a wrong password is not refused`)
    return time
  }
  if (!(await verifyPassword(known(0), 'right', context))) throw new Error(`${scheme}: the right one is`)

  const knowns: number[] = []
  const unknowns: number[] = []
  let end = Number.POSITIVE_INFINITY
  for (let index = 0; index < WARM_UP + MOST_PAIRS && performance.now() < end; index++) {
    // Which of the two comes first alternates as well.
    const first = index % 2 ? known : unknown
    const second = index % 2 ? unknown : known
    const times = [await microseconds(first(index >> 1)), await microseconds(second(index >> 1))]
    if (index < WARM_UP) continue
    if (index === WARM_UP) end = performance.now() + BUDGET
    knowns.push(times[index % 2 ? 0 : 1]!)
    unknowns.push(times[index % 2 ? 1 : 0]!)
  }
  const [middle, other] = [median(knowns), median(unknowns)]
  const deviation = median(knowns.map((time) => Math.abs(time - middle)))
  // Of normal values: a median's standard error is 1.2533 σ / √n, σ is 1.4826 MAD, and two medians are compared.
  const chance = 1.96 * Math.SQRT2 * 1.2533 * 1.4826 * Math.sqrt(1 / knowns.length)
  const difference = (other - middle) / deviation
  return { scheme, known: middle, unknown: other, deviation, difference, chance, samples: knowns.length }
}

export async function unknownNames(): Promise<readonly Difference[]> {
  const differences: Difference[] = []
  for (const scheme of SCHEMES) differences.push(await differenceOf(scheme))
  return differences
}
