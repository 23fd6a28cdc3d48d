import fc from 'fast-check'
import type { Octets } from 'saslkit'
import { Outcomes, type Row } from '../row.ts'
import { resetWork } from '../work.ts'
import { resetLedger } from './accounts.ts'
import { type Attack, attack, UNTOUCHED } from './attack.ts'
import type { Cell } from './cell.ts'
import { converse, type Wire } from './converse.ts'
import { resetNonces } from './nonces.ts'
import { judge, type Promises } from './oracle.ts'
import { grantOf, isUntouched, type Run, transcript } from './run.ts'

/** One mechanism, and what it promises. */
export interface MechanismRow extends Promises, Pick<Wire, 'resign' | 'forge'> {
  readonly name: string
  readonly share?: number
  /** What stands between the fields of its messages; where several things do, the one that matters most. */
  readonly delimiter: number
  readonly cells: readonly Cell[]
  /** Messages of published vectors and known attacks, which are put in the place of others. */
  readonly vectors?: readonly Octets[]
}

/** Every run is one exchange of one cell, with somebody in between. */
export const mechanismRow = (row: MechanismRow): Row => ({
  name: row.name,
  share: row.share ?? 1,
  async ready() {
    const outcomes = new Outcomes()
    const recorded: Octets[] = [...(row.vectors ?? [])]
    const { delimiter, resign, forge } = row
    /** Of each cell. */
    const usual: number[] = []
    const exchange = async (attack: Attack): Promise<Run> => {
      resetNonces(attack.nonce)
      resetLedger()
      resetWork()
      const wire: Wire = { delimiter, recorded, resign, forge, usual: usual[attack.cell] ?? 1 }
      const run = await converse(row.cells[attack.cell]!, attack, wire)
      try {
        judge(run, row)
      } catch (error) {
        if (error instanceof Error) error.message += `\n${transcript(run)}`
        throw error
      }
      return run
    }

    // Each cell once as it is meant to be, which has to hold as well; replays are taken from there.
    const seen: Octets[] = []
    for (const cell of row.cells.keys()) {
      const { crossings } = await exchange({ ...UNTOUCHED, cell })
      usual.push(Math.max(1, crossings.length))
      for (const { sent } of crossings) if (sent) seen.push(sent)
    }
    recorded.push(...seen)

    const property = fc.asyncProperty(attack(row.cells.length), async (attack) => {
      outcomes.count(outcomeOf(await exchange(attack)))
    })
    return { property: property as fc.IAsyncProperty<unknown>, outcomes }
  },
})

function outcomeOf(run: Run): string {
  const { lies, attack } = run
  const by = isUntouched(run)
    ? 'untouched'
    : attack.resign
      ? 'signed anew'
      : lies.length
        ? 'lied to'
        : 'changed'
  const granted = grantOf(run) !== undefined
  const ends = granted ? (run.content ? 'both' : 'server alone') : run.content ? 'client alone' : 'neither'
  return `${by}: ${ends}`
}
