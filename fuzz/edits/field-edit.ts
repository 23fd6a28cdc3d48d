import fc from 'fast-check'
import { base64, fromBase64, type Octets } from 'saslkit'
import { editOctets, join, type OctetEdit, octetEdit, octetPiece, placeOf } from './octet-edit.ts'

/** A change of one field of a message that is a list of fields. */
export interface FieldEdit {
  readonly op: 'field'
  readonly field: number
  readonly change: FieldChange
}

export type FieldChange =
  | { readonly to: 'nothing' | 'two' | 'other-case' }
  /** An escape of GS2 (RFC 5801 section 4) that is not quite one. */
  | { readonly to: 'misspelled'; readonly as: '=' | '=3d' | '=2c' | '=3' }
  | { readonly to: 'place'; readonly place: number }
  /** The value: what follows "=", or all where there is none. */
  | { readonly to: 'value' | 'longer' | 'shorter'; readonly octets: Octets }
  | { readonly to: 'number'; readonly by: number }
  /** The value is base64: what it stands for is changed, and written again. */
  | { readonly to: 'recoded'; readonly edit: OctetEdit }
  | { readonly to: 'attribute'; readonly letter: string }
  /** The field that stands there in another message. */
  | { readonly to: 'foreign'; readonly message: number }
  /** The field that begins alike in an earlier message of the same exchange. */
  | { readonly to: 'earlier'; readonly back: number }

const change = <To extends FieldChange['to'], Rest extends Record<string, fc.Arbitrary<unknown>>>(
  to: To,
  rest: Rest,
) => fc.record({ to: fc.constant(to), ...rest })

const fieldChange = fc.oneof(
  change('nothing', {}),
  change('two', {}),
  change('other-case', {}),
  change('misspelled', { as: fc.constantFrom('=', '=3d', '=2c', '=3') }),
  change('place', { place: fc.nat(7) }),
  change('value', { octets: octetPiece }),
  change('longer', { octets: octetPiece }),
  change('shorter', { octets: octetPiece }),
  change('number', { by: fc.constantFrom(-1, 1, 10, 1000, 2 ** 31, 2 ** 32) }),
  change('recoded', { edit: octetEdit }),
  change('attribute', { letter: fc.constantFrom(...'nramcsivpehdtxzNA=,') }),
  change('foreign', { message: fc.nat(0xffff) }),
  change('earlier', { back: fc.nat(3) }),
) as fc.Arbitrary<FieldChange>

export const fieldEdit: fc.Arbitrary<FieldEdit> = fc.record({
  op: fc.constant('field' as const),
  field: fc.integer({ min: -4, max: 7 }),
  change: fieldChange,
})

/** The other messages that fields are taken from. */
export interface Fields {
  readonly delimiter: number
  /** Of other exchanges of the same mechanism. */
  readonly recorded: readonly Octets[]
  /** Of this one. */
  readonly earlier: readonly (Octets | undefined)[]
}

export function editField(
  octets: Octets,
  { field, change }: FieldEdit,
  { delimiter, recorded, earlier }: Fields,
): Octets {
  const fields = split(octets, delimiter)
  const index = placeOf(field, fields.length)
  const one = fields[index]!
  switch (change.to) {
    case 'nothing':
      fields.splice(index, 1)
      break
    case 'two':
      fields.splice(index, 0, one)
      break
    case 'place':
      fields.splice(index, 1)
      fields.splice(placeOf(change.place, fields.length + 1), 0, one)
      break
    case 'foreign':
      if (recorded.length) {
        const others = split(recorded[change.message % recorded.length]!, delimiter)
        fields[index] = others[placeOf(field, others.length)]!
      }
      break
    case 'earlier': {
      const other = earlier[placeOf(-2 - change.back, earlier.length)]
      fields[index] = (other && split(other, delimiter).find((alike) => alike[0] === one[0])) ?? one
      break
    }
    default:
      fields[index] = changed(one, change)
  }
  return join(...fields.flatMap((next, i) => (i ? [Uint8Array.of(delimiter), next] : [next])))
}

type ChangeOfOne = Exclude<FieldChange, { readonly to: 'nothing' | 'two' | 'place' | 'foreign' | 'earlier' }>

function changed(field: Octets, change: ChangeOfOne): Octets {
  if (change.to === 'attribute') return join(latin1(change.letter), field.subarray(1))
  if (change.to === 'other-case')
    return field.map((octet) => (/[A-Za-z]/.test(String.fromCharCode(octet)) ? octet ^ 0x20 : octet))
  if (change.to === 'misspelled')
    return latin1(
      Buffer.from(field)
        .toString('latin1')
        .replace(/=3D|=2C/, change.as),
    )
  const start = field.indexOf(EQUALS) + 1
  const name = field.subarray(0, start)
  const value = field.slice(start)
  switch (change.to) {
    case 'value':
      return join(name, change.octets)
    case 'longer':
      return join(field, change.octets)
    case 'shorter':
      return join(name, value.subarray(0, value.length >> 1), change.octets)
    case 'number': {
      const number = Number(Buffer.from(value).toString('latin1'))
      return Number.isFinite(number) ? join(name, latin1(String(number + change.by))) : field
    }
    case 'recoded': {
      const decoded = fromBase64(Buffer.from(value).toString('latin1'))
      return decoded ? join(name, latin1(base64(editOctets(decoded, change.edit)))) : field
    }
    default:
      return field
  }
}

const EQUALS = 0x3d

const latin1 = (text: string): Octets => Uint8Array.from(Buffer.from(text, 'latin1'))

function split(octets: Octets, delimiter: number): Octets[] {
  const fields: Octets[] = []
  let start = 0
  for (let i = 0; i <= octets.length; i++)
    if (i === octets.length || octets[i] === delimiter) {
      fields.push(octets.slice(start, i))
      start = i + 1
    }
  return fields
}
