import fc from 'fast-check'
import type { Octets } from 'saslkit'
import { Outcomes, type Readable, type Row } from '../row.ts'
import { resetWork } from '../work.ts'
import { resetLedger } from './accounts.ts'
import { type Attack, attack, UNTOUCHED } from './attack.ts'
import type { Cell } from './cell.ts'
import { converse, type Wire } from './converse.ts'
import { resetNonces } from './nonces.ts'
import { judge, type Promises } from './oracle.ts'
import { outcomeOf } from './outcome.ts'
import { type Run, transcript } from './run.ts'

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
  readable: longMessages(row),
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
      outcomes.count(outcomeOf(await exchange(attack), resign !== undefined))
    })
    return { property: property as fc.IAsyncProperty<unknown>, outcomes }
  },
})

const ANY_LENGTH = { maxLength: 2 ** 26 }

/** The text in the middle of each message in turn, at the first cell: whoever reads it, client or server. */
function longMessages({ cells, delimiter, resign, forge }: MechanismRow): Readable {
  const [first] = cells
  const wire: Wire = { delimiter, recorded: [], resign, forge, usual: MESSAGES }
  return {
    seeds: [''],
    pieces: ['n', 'a=', ',a=b', ',x=y', ',m=', 'r=', '=2C', '\0', '\x01', '\x01a=b', '{"a":'],
    async read(text) {
      const octets = new TextEncoder().encode(text.toWellFormed())
      const cell: Cell = {
        ...first!,
        clientOptions: { ...first!.clientOptions, ...ANY_LENGTH },
        serverOptions: { ...first!.serverOptions, ...ANY_LENGTH },
      }
      for (let message = 0; message < MESSAGES; message++) {
        const edit = { op: 'insert', at: LATE, octets } as const
        await converse(cell, { ...UNTOUCHED, cell: 0, edits: [{ message, edit }] }, wire)
      }
    },
  }
}

const MESSAGES = 5
/** Behind the first attribute of every message that has several. */
const LATE = 7
