import fc from 'fast-check'
import { placeOf } from './octet-edit.ts'
import { TEXT_PIECES } from './pieces.ts'

/** A place is an offset in UTF-16 code units, from the end where it is negative, taken modulo the length. */
export type TextEdit =
  | { readonly op: 'delete'; readonly at: number; readonly length: number }
  | { readonly op: 'insert' | 'replace'; readonly at: number; readonly piece: string }
  | { readonly op: 'shift'; readonly at: number; readonly by: number }
  | { readonly op: 'other-case'; readonly at: number; readonly length: number }
  | { readonly op: 'repeat'; readonly at: number; readonly length: number; readonly times: number }
  /** From there on, what another seed has from there on. */
  | { readonly op: 'cross'; readonly at: number; readonly seed: number; readonly from: number }

/** One text: a seed, edited. */
export interface EditedText {
  readonly seed: number
  readonly edits: readonly TextEdit[]
}

const at = fc.integer({ min: -80, max: 300 })
const length = fc.integer({ min: 1, max: 24 })

const edit = <Op extends TextEdit['op'], Rest extends Record<string, fc.Arbitrary<unknown>>>(
  op: Op,
  rest: Rest,
) => fc.record({ op: fc.constant(op), ...rest })

/** @param anything what characters there are, where no piece is taken. */
function textEdit(pieces: readonly string[], anything: fc.Arbitrary<string>): fc.Arbitrary<TextEdit> {
  const piece = fc.oneof(
    { arbitrary: fc.constantFrom(...pieces), weight: 4 },
    { arbitrary: anything, weight: 1 },
  )
  const times = fc.oneof(
    { arbitrary: fc.integer({ min: 1, max: 3 }), weight: 30 },
    { arbitrary: fc.constantFrom(40, 300), weight: 1 },
  )
  return fc.oneof(
    edit('delete', { at, length }),
    edit('insert', { at, piece }),
    edit('replace', { at, piece }),
    edit('shift', { at, by: fc.constantFrom(-1, 1, 0x20, -0x20, 0x80) }),
    edit('other-case', { at, length }),
    edit('repeat', { at, length, times }),
    edit('cross', { at, seed: fc.nat(0xffff), from: at }),
  ) as fc.Arbitrary<TextEdit>
}

/** Any code point, surrogates that stand alone among them; or only those that stand for one octet. */
const character = (octets: boolean): fc.Arbitrary<string> =>
  fc.nat(octets ? 0xff : 0x10ffff).map((code) => String.fromCodePoint(code))

export const editedText = (
  seeds: number,
  pieces: readonly string[],
  octets: boolean,
): fc.Arbitrary<EditedText> =>
  fc.record({
    seed: fc.nat(seeds - 1),
    edits: fc.array(
      textEdit([...pieces, ...TEXT_PIECES.filter((piece) => !octets || isOctets(piece))], character(octets)),
      {
        maxLength: 4,
      },
    ),
  })

const isOctets = (piece: string): boolean => /^[\0-\xff]*$/.test(piece)

export const textOf = ({ seed, edits }: EditedText, seeds: readonly string[]): string =>
  edits.reduce((text, edit) => editText(text, edit, seeds), seeds[seed]!)

function editText(text: string, edit: TextEdit, seeds: readonly string[]): string {
  const place = placeOf(edit.at, text.length + 1)
  const before = text.slice(0, place)
  switch (edit.op) {
    case 'delete':
      return before + text.slice(place + edit.length)
    case 'insert':
      return before + edit.piece + text.slice(place)
    case 'replace':
      return before + edit.piece + text.slice(place + edit.piece.length)
    case 'shift': {
      const code = text.charCodeAt(place)
      return Number.isNaN(code)
        ? text
        : before + String.fromCharCode((code + edit.by) & 0xff) + text.slice(place + 1)
    }
    case 'other-case': {
      const piece = text.slice(place, place + edit.length)
      const other = piece === piece.toLowerCase() ? piece.toUpperCase() : piece.toLowerCase()
      return before + other + text.slice(place + edit.length)
    }
    case 'repeat':
      return before + text.slice(place, place + edit.length).repeat(edit.times) + text.slice(place)
    case 'cross': {
      const other = seeds[edit.seed % seeds.length]!
      return before + other.slice(placeOf(edit.from, other.length + 1))
    }
  }
}
