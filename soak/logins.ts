import { CASES } from './cases.ts'
import { talk } from './talk.ts'

/** Logins of all cases, one after the other, on one signal that lives on. */
export const loginsOn =
  (signal: AbortSignal) =>
  async (from: number, to: number): Promise<void> => {
    for (let at = from; at < to; at++) {
      const round = Math.floor(at / CASES.length)
      const each = CASES[at % CASES.length]!
      const chosen = each.every && round % each.every ? CASES[round % 6]! : each
      const ending = await talk(chosen.begin(round, signal))
      if (ending !== chosen.ends) throw new Error(`${chosen.name}: ${String(ending)}`)
    }
  }
