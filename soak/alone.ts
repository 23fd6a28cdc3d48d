import { CASES, type Case } from './cases.ts'
import { staysOf } from './problems.ts'
import { type Soaked, soak } from './soaked.ts'
import { SOAKED_FORMATS, type SoakedFormat } from './stored-formats.ts'
import { talk } from './talk.ts'

/** Keys that are derived, and hashes that are slow, take a thousand times as long as all else. */
const FEWER = 10

interface Alone {
  readonly name: string
  readonly slow: boolean
  once(at: number): Promise<void>
}

const login = ({ name, ends, every, begin }: Case, signal: AbortSignal): Alone => ({
  name,
  slow: every !== undefined,
  async once(at) {
    const ending = await talk(begin(at, signal))
    if (ending !== ends) throw new Error(`${name}: ${String(ending)}`)
  },
})

const stored = ({ format, slow, verify }: SoakedFormat): Alone => ({
  name: `stored ${format}`,
  slow,
  once: verify,
})

/**
 * Each case and each stored format by itself: what one mechanism keeps is a twentieth of what it is, where all take turns.
 * What is too much is measured again: what V8 does once is not there the second time, and a leak is.
 */
export async function alone(times: number, signal: AbortSignal): Promise<readonly Soaked[]> {
  const all: Soaked[] = []
  for (const each of [...CASES.map((one) => login(one, signal)), ...SOAKED_FORMATS.map(stored)]) {
    const measure = () =>
      soak(`alone: ${each.name}`, each.slow ? times / FEWER : times, signal, through(each))
    const first = await measure()
    all.push(staysOf(first) ? await measure() : first)
  }
  return all
}

const through =
  ({ once }: Alone) =>
  async (from: number, to: number): Promise<void> => {
    for (let at = from; at < to; at++) await once(at)
  }
