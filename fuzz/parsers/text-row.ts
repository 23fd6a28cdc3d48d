import fc from 'fast-check'
import { editedText, textOf } from '../edits/text-edit.ts'
import { demand, Finding } from '../finding.ts'
import { Outcomes, type Row, readQuietly } from '../row.ts'

/** Something that reads text. */
export interface TextRow<Read = unknown> {
  readonly name: string
  readonly share?: number
  /** What it is meant to read, and what it is meant to refuse. */
  readonly seeds: readonly string[]
  /** What is likely to matter to it, beside what matters to all. */
  readonly pieces?: readonly string[]
  /** One character stands for one octet. */
  readonly octets?: boolean
  /** Reads. What it throws is judged by `refuses`. */
  read(text: string): Read | Promise<Read>
  /** Whether that error is one that it is to throw. */
  refuses(error: unknown, text: string): boolean
  /** Throws a Finding for what it should not have read so. */
  check?(read: Read, text: string): void | Promise<void>
}

/** Every run is one seed, edited, and read. */
export const textRow = <Read>(row: TextRow<Read>): Row => ({
  name: row.name,
  share: row.share ?? 1,
  readable: {
    seeds: row.seeds,
    pieces: row.pieces ?? [],
    read: (text) => readQuietly(() => row.read(text)),
  },
  async ready() {
    const outcomes = new Outcomes()
    const { seeds, pieces = [], octets = false } = row
    const property = fc.asyncProperty(editedText(seeds.length, pieces, octets), async (edited) => {
      const text = textOf(edited, seeds)
      try {
        outcomes.count(await judged(row, text))
      } catch (error) {
        if (error instanceof Error) error.message += `\n${JSON.stringify(text)}`
        throw error
      }
    })
    return { property: property as fc.IAsyncProperty<unknown>, outcomes }
  },
})

async function judged<Read>(row: TextRow<Read>, text: string): Promise<'read' | 'refused'> {
  let read: Read
  try {
    const coming = row.read(text)
    read = coming instanceof Promise ? await coming : coming
  } catch (error) {
    if (error instanceof Finding) throw error
    demand(row.refuses(error, text), () => `throws ${String(error)}`)
    return 'refused'
  }
  await row.check?.(read, text)
  return 'read'
}
