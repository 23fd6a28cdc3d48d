import fc from 'fast-check'
import type { Octets } from 'saslkit'
import { editField, type FieldEdit, type Fields, fieldEdit } from './field-edit.ts'
import { editOctets, type OctetEdit, octetEdit, placeOf } from './octet-edit.ts'

/** What happens to a message on its way. */
export type MessageEdit =
  | OctetEdit
  | FieldEdit
  /** In its place comes one that was recorded: of another exchange, of a vector. */
  | { readonly op: 'recorded'; readonly pick: number }
  /** In its place comes one of this exchange again, whoever wrote it. */
  | { readonly op: 'earlier'; readonly back: number }
  /** It does not come along with the command. Of the first message alone. */
  | { readonly op: 'withheld' }

const wholeEdit = fc.oneof(
  fc.record({ op: fc.constant('recorded' as const), pick: fc.nat(0xffff) }),
  fc.record({ op: fc.constant('earlier' as const), back: fc.nat(7) }),
  fc.constant({ op: 'withheld' as const }),
)

export const messageEdit: fc.Arbitrary<MessageEdit> = fc.oneof(
  { arbitrary: octetEdit, weight: 6 },
  { arbitrary: fieldEdit, weight: 5 },
  { arbitrary: wholeEdit, weight: 1 },
)

const NO_OCTETS: Octets = new Uint8Array(0)

/** Where there is no message, one is made of nothing. */
export function editMessage(
  message: Octets | undefined,
  edit: MessageEdit,
  fields: Fields,
): Octets | undefined {
  const { recorded, earlier } = fields
  switch (edit.op) {
    case 'withheld':
      return earlier.length === 1 ? undefined : message
    case 'recorded':
      return recorded[placeOf(edit.pick, recorded.length)] ?? message
    case 'earlier':
      return earlier[placeOf(-1 - edit.back, earlier.length)] ?? message
    case 'field':
      return editField(message ?? NO_OCTETS, edit, fields)
    default:
      return editOctets(message ?? NO_OCTETS, edit)
  }
}
