/** The time of a login with a name that nobody has, against that with a wrong password, for each scheme by itself. */
import type { MakeScheme } from 'saslkit/credentials'
import { median } from './median.ts'
import { directoryOf, known, RIGHT, SCHEMES, unknown } from './stored-accounts.ts'

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

async function differenceOf(scheme: MakeScheme): Promise<Difference> {
  const { verifyPassword } = await directoryOf([scheme])
  const context = { connection: { secure: true } }
  const microseconds = async (name: string): Promise<number> => {
    const start = performance.now()
    const verdict = await verifyPassword(name, 'wrong', context)
    const time = (performance.now() - start) * 1e3
    if (verdict !== false) throw new Error(`${scheme}: a wrong password is not refused`)
    return time
  }
  if (!(await verifyPassword(known(0), RIGHT, context))) throw new Error(`${scheme}: the right one is`)

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
