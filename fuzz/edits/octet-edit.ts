import fc from 'fast-check'
import type { Octets } from 'saslkit'
import { OCTET_PIECES } from './pieces.ts'

/** A place is an offset, from the end where it is negative, taken modulo the length. */
export type OctetEdit =
  | { readonly op: 'delete'; readonly at: number; readonly length: number }
  | { readonly op: 'insert' | 'replace'; readonly at: number; readonly octets: Octets }
  | { readonly op: 'append'; readonly octets: Octets }
  | { readonly op: 'xor'; readonly at: number; readonly mask: number }
  | { readonly op: 'cut'; readonly at: number }
  | { readonly op: 'repeat'; readonly at: number; readonly length: number; readonly times: number }

const at = fc.integer({ min: -96, max: 400 })

export const octetPiece: fc.Arbitrary<Octets> = fc.oneof(
  { arbitrary: fc.constantFrom(...OCTET_PIECES), weight: 3 },
  { arbitrary: fc.uint8Array({ maxLength: 6 }).map((octets) => Uint8Array.from(octets)), weight: 1 },
)

const edit = <Op extends OctetEdit['op'], Rest extends Record<string, fc.Arbitrary<unknown>>>(
  op: Op,
  rest: Rest,
) => fc.record({ op: fc.constant(op), ...rest })

/** One change at one place. */
export const octetEdit: fc.Arbitrary<OctetEdit> = fc.oneof(
  edit('xor', { at, mask: fc.integer({ min: 1, max: 255 }) }),
  edit('xor', { at, mask: fc.constantFrom(0x01, 0x02, 0x20, 0x80) }),
  edit('delete', { at, length: fc.integer({ min: 1, max: 24 }) }),
  edit('insert', { at, octets: octetPiece }),
  edit('replace', { at, octets: octetPiece }),
  edit('append', { octets: octetPiece }),
  edit('cut', { at }),
  edit('repeat', { at, length: fc.integer({ min: 1, max: 40 }), times: fc.integer({ min: 1, max: 3 }) }),
) as fc.Arbitrary<OctetEdit>

/** Where `at` points to among `places`. */
export const placeOf = (at: number, places: number): number =>
  places === 0 ? 0 : ((at % places) + places) % places

export function editOctets(octets: Octets, edit: OctetEdit): Octets {
  const { length } = octets
  switch (edit.op) {
    case 'append':
      return join(octets, edit.octets)
    case 'xor': {
      const changed = octets.slice()
      const place = placeOf(edit.at, length)
      if (length) changed[place] = changed[place]! ^ edit.mask
      return changed
    }
    case 'cut':
      return octets.slice(0, placeOf(edit.at, length + 1))
  }
  const place = placeOf(edit.at, length + 1)
  const before = octets.subarray(0, place)
  switch (edit.op) {
    case 'delete':
      return join(before, octets.subarray(place + edit.length))
    case 'insert':
      return join(before, edit.octets, octets.subarray(place))
    case 'replace':
      return join(before, edit.octets, octets.subarray(place + edit.octets.length))
    case 'repeat': {
      const piece = octets.subarray(place, place + edit.length)
      return join(before, ...Array<Octets>(edit.times + 1).fill(piece), octets.subarray(place + edit.length))
    }
  }
}

export function join(...parts: readonly Uint8Array[]): Octets {
  const whole = new Uint8Array(parts.reduce((length, part) => length + part.length, 0))
  let place = 0
  for (const part of parts) {
    whole.set(part, place)
    place += part.length
  }
  return whole
}

export const sameOctets = (a: Octets | undefined, b: Octets | undefined): boolean =>
  a === b ||
  (a !== undefined && b !== undefined && a.length === b.length && a.every((octet, i) => octet === b[i]))
