import fc from 'fast-check'
import type { Octets } from 'saslkit'
import { editOctets, octetEdit } from '../edits/octet-edit.ts'
import { demand, Finding } from '../finding.ts'
import { Outcomes, type Row, readQuietly } from '../row.ts'

/** Something that reads octets. */
export interface OctetRow<Read> {
  readonly name: string
  readonly share?: number
  readonly seeds: readonly Octets[]
  read(octets: Octets): Read
  refuses(error: unknown): boolean
  check?(read: Read, octets: Octets): void
}

/** Every run is one seed, edited, and read. */
export const octetRow = <Read>({ name, share = 1, seeds, read, refuses, check }: OctetRow<Read>): Row => ({
  name,
  share,
  readable: {
    seeds: seeds.map((octets) => Buffer.from(octets).toString('latin1')),
    pieces: ['\x30\x00', '\x30\x80', '\x30\x02\x30\x00', '\x06\x01\x81'],
    read: (text) => readQuietly(() => read(new Uint8Array(Buffer.from(text, 'latin1')))),
  },
  async ready() {
    const outcomes = new Outcomes()
    const cases = fc.record({ seed: fc.nat(seeds.length - 1), edits: fc.array(octetEdit, { maxLength: 4 }) })
    const property = fc.asyncProperty(cases, async ({ seed, edits }) => {
      const octets = edits.reduce(editOctets, seeds[seed]!)
      try {
        const made = read(octets)
        check?.(made, octets)
        outcomes.count('read')
      } catch (error) {
        if (error instanceof Finding) {
          error.message += `\n${Buffer.from(octets).toString('hex')}`
          throw error
        }
        demand(refuses(error), () => `throws ${String(error)}\n${Buffer.from(octets).toString('hex')}`)
        outcomes.count('refused')
      }
    })
    return { property: property as fc.IAsyncProperty<unknown>, outcomes }
  },
})
