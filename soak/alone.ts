import { CASES, type Case } from './cases.ts'
import { staysOf } from './problems.ts'
import { type Soaked, soak } from './soaked.ts'
import { talk } from './talk.ts'

/** Keys that are derived take a thousand times as long as all else. */
const FEWER = 10

/**
 * Each case by itself: what one mechanism keeps is a twentieth of what it is, where all take turns. What is too much is
 * measured again: what V8 does once is not there the second time, and a leak is.
 */
export async function alone(logins: number, signal: AbortSignal): Promise<readonly Soaked[]> {
  const all: Soaked[] = []
  for (const each of CASES) {
    const once = () =>
      soak(`alone: ${each.name}`, each.every ? logins / FEWER : logins, signal, through(each, signal))
    const first = await once()
    all.push(staysOf(first) ? await once() : first)
  }
  return all
}

const through =
  (each: Case, signal: AbortSignal) =>
  async (from: number, to: number): Promise<void> => {
    for (let at = from; at < to; at++) {
      const ending = await talk(each.begin(at, signal))
      if (ending !== each.ends) throw new Error(`${each.name}: ${String(ending)}`)
    }
  }
