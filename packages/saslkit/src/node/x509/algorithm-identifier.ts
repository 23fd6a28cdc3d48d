import { malformed } from '../../errors.js'
import { type DerElement, derChildren, NULL, objectIdentifier, SEQUENCE } from './der.js'

/** RFC 5280 section 4.1.1.2. */
export interface AlgorithmIdentifier {
  /** Dotted decimal: '1.2.840.113549.1.1.11'. */
  readonly oid: string
  /** Absent where there are none, or where they are NULL, which says no more. */
  readonly parameters?: DerElement | undefined
}

export function algorithmIdentifier(element: DerElement | undefined): AlgorithmIdentifier {
  const [oid, parameters, another] = derChildren(element, SEQUENCE)
  if (another) throw malformed('an algorithm identifier of more than two parts')
  if (parameters?.tag !== NULL) return { oid: objectIdentifier(oid), parameters }
  if (parameters.content.length > 0) throw malformed('DER: NULL with octets in it')
  return { oid: objectIdentifier(oid) }
}
