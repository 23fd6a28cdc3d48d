import fc from 'fast-check'
import { ClientExchange, ServerExchange, type ServerMechanism } from 'saslkit'
import type { LineProfile } from 'saslkit/profiles/smtp'
import { editOctets, type OctetEdit, octetEdit } from '../edits/octet-edit.ts'
import { Outcomes, type Row } from '../row.ts'
import { resetWork } from '../work.ts'
import { resetLedger } from './accounts.ts'
import { type Attack, UNTOUCHED } from './attack.ts'
import { CONTEXT, carry } from './carried.ts'
import type { Cell } from './cell.ts'
import type { MechanismRow } from './mechanism-row.ts'
import { resetNonces } from './nonces.ts'
import { judge, type Promises } from './oracle.ts'
import { outcomeOf } from './outcome.ts'
import { newRun, transcript } from './run.ts'

/** One profile, and the mechanisms that it carries. */
export interface CarriedRow {
  readonly name: string
  readonly share?: number
  readonly profile: LineProfile
  readonly mechanisms: readonly MechanismRow[]
}

type LineEdit =
  | OctetEdit
  | { readonly op: 'lost' }
  | { readonly op: 'twice' }
  /** In its place comes what a server says when somebody is in, and when nobody is. */
  | { readonly op: 'in' }
  | { readonly op: 'out' }

interface Case {
  readonly cell: number
  readonly nonce: number
  readonly edits: readonly { readonly line: number; readonly edit: LineEdit }[]
}

const lineEdit: fc.Arbitrary<LineEdit> = fc.oneof(
  { arbitrary: octetEdit, weight: 8 },
  {
    arbitrary: fc.constantFrom<LineEdit>({ op: 'lost' }, { op: 'twice' }, { op: 'in' }, { op: 'out' }),
    weight: 1,
  },
)

/** Every run is one exchange in lines, which are edited on their way. */
export const carriedRow = ({ name, share = 1, profile, mechanisms }: CarriedRow): Row => ({
  name,
  share,
  async ready() {
    const outcomes = new Outcomes()
    // Additional data goes as a challenge in protocols of lines.
    const cells = mechanisms.flatMap((row) =>
      row.cells
        .filter(({ serverOptions }) => serverOptions.additionalData === 'as-challenge')
        .map((cell) => ({ cell, row })),
    )
    const exchange = async (one: Case, usual: number): Promise<{ outcome: string; lines: number }> => {
      resetNonces(one.nonce)
      resetLedger()
      resetWork()
      const { cell, row } = cells[one.cell]!
      const run = newRun(cell, asAttack(one))
      let promises: Promises = row
      let place = 0
      const lines = await carry({
        profile,
        run,
        client: new ClientExchange(cell.client, cell.clientOptions),
        begin(mechanism) {
          const begun = serverOf(mechanism, row, cell, mechanisms)
          if (!begun) return undefined
          promises = { ...row, granted: begun.row.granted }
          return new ServerExchange(begun.server, cell.serverOptions)
        },
        onItsWay(line) {
          const edits = one.edits.filter((edited) => edited.line % usual === place)
          place++
          const arrive = edits.reduce<readonly string[]>(
            (arrive, { edit }) => edited(arrive, edit, profile),
            [line],
          )
          if (arrive.length !== 1 || arrive[0] !== line) run.touched = true
          return arrive
        },
      })
      try {
        judge(run, promises)
      } catch (error) {
        if (error instanceof Error) error.message += `\n${transcript(run)}`
        throw error
      }
      return { outcome: outcomeOf(run, false), lines }
    }

    const usual: number[] = []
    for (const cell of cells.keys())
      usual.push(Math.max(1, (await exchange({ cell, nonce: UNTOUCHED.nonce, edits: [] }, 1)).lines))
    const cases: fc.Arbitrary<Case> = fc.record({
      cell: fc.nat(cells.length - 1),
      nonce: fc.nat(0xffffff),
      edits: fc.array(fc.record({ line: fc.nat(59), edit: lineEdit }), { maxLength: 3 }),
    })
    const property = fc.asyncProperty(cases, async (one) => {
      outcomes.count((await exchange(one, usual[one.cell]!)).outcome)
    })
    return { property: property as fc.IAsyncProperty<unknown>, outcomes }
  },
})

const asAttack = ({ cell, nonce }: Case): Attack => ({ ...UNTOUCHED, cell, nonce })

/** The cell's own half where the name arrived as it was sent; another's where it did not. */
function serverOf(
  name: string,
  row: MechanismRow,
  cell: Cell,
  all: readonly MechanismRow[],
): { readonly row: MechanismRow; readonly server: ServerMechanism } | undefined {
  if (name === row.name) return { row, server: cell.server }
  const other = all.find((one) => one.name === name)
  return other && { row: other, server: other.cells[0]!.server }
}

function edited(lines: readonly string[], edit: LineEdit, profile: LineProfile): readonly string[] {
  if (edit.op === 'lost') return []
  if (edit.op === 'twice') return [...lines, ...lines]
  if (edit.op === 'in') return [profile.writeSuccess(CONTEXT).trimEnd()]
  if (edit.op === 'out') return [profile.writeFailure('temporary', CONTEXT).trimEnd()]
  return lines.flatMap((line) => {
    const octets = editOctets(new Uint8Array(Buffer.from(line, 'latin1')), edit)
    return Buffer.from(octets).toString('latin1').split('\r\n')
  })
}
