/**
 * DER (ITU-T X.690 section 10) as certificates and OpenSSL's sessions use it: definite lengths in their shortest
 * form, tags of one octet. Whatever else arrives is `malformed`. Nothing recurses: who reads knows how deep to go.
 */
import { malformed } from '../../errors.js'

/** One tag, length and value. */
export interface DerElement {
  /** The identifier octet: class, constructed bit and tag number. */
  readonly tag: number
  /** A view of what was read, not a copy. */
  readonly content: Uint8Array
}

export const BOOLEAN = 0x01
export const INTEGER = 0x02
export const BIT_STRING = 0x03
export const OCTET_STRING = 0x04
export const NULL = 0x05
export const OBJECT_IDENTIFIER = 0x06
export const UTF8_STRING = 0x0c
export const SEQUENCE = 0x30
export const SET = 0x31

/** The tag of context class, constructed: `[number]` around another element. */
export const explicit = (number: number): number => 0xa0 | number

/** The tag of context class, primitive: `[number]` in place of another tag. */
export const implicit = (number: number): number => 0x80 | number

/** Elements on one level: more than any certificate we know has names or extensions. */
const MAX_ELEMENTS = 1024

/** Octets of one object identifier; those in use have less than half of it. */
const MAX_IDENTIFIER = 64

const truncated = () => malformed('DER: truncated')

/** Reads one element after the other until the octets end. */
export function derElements(octets: Uint8Array): readonly DerElement[] {
  const elements: DerElement[] = []
  let at = 0

  function octet(): number {
    const value = octets[at++]
    if (value === undefined) throw truncated()
    return value
  }

  function length(): number {
    const first = octet()
    if (first < 0x80) return first
    const count = first - 0x80
    let value = 0
    for (let i = 0; i < count; i++) value = value * 256 + octet()
    if (value < 0x80 || value < 256 ** (count - 1))
      throw malformed('DER: a length that is indefinite or not in its shortest form')
    return value
  }

  while (at < octets.length) {
    if (elements.length === MAX_ELEMENTS) throw malformed('DER: too many elements')
    const tag = octet()
    if (tag === 0 || (tag & 0x1f) === 0x1f) throw malformed('DER: a tag that is none of a certificate')
    const size = length()
    if (size > octets.length - at) throw truncated()
    elements.push({ tag, content: octets.subarray(at, at + size) })
    at += size
  }
  return elements
}

/** Reads the one element that the octets are, of the tag that is asked for. */
export function derElement(octets: Uint8Array, tag: number): DerElement {
  const [element, another] = derElements(octets)
  if (another) throw malformed('DER: octets after the element')
  return expectTag(element, tag)
}

export function expectTag(element: DerElement | undefined, tag: number): DerElement {
  if (element?.tag !== tag)
    throw malformed(
      `DER: tag ${tag} was expected, and there is ${element ? `tag ${element.tag}` : 'nothing'}`,
    )
  return element
}

/** The elements within an element of the tag that is asked for: a SEQUENCE, a SET, or an explicit tag. */
export const derChildren = (element: DerElement | undefined, tag: number): readonly DerElement[] =>
  derElements(expectTag(element, tag).content)

/** The dotted decimal form of an OBJECT IDENTIFIER (X.690 section 8.19). */
export function objectIdentifier(element: DerElement | undefined): string {
  const { content } = expectTag(element, OBJECT_IDENTIFIER)
  if (content.length === 0 || content.length > MAX_IDENTIFIER)
    throw malformed('DER: an object identifier that is empty or too long')
  const arcs: bigint[] = []
  let arc = 0n
  let within = false
  for (const octet of content) {
    // Section 8.19.2: the leading octet of a subidentifier is never 80, so that each has one form.
    if (!within && octet === 0x80)
      throw malformed('DER: an object identifier that is not in its shortest form')
    arc = (arc << 7n) | BigInt(octet & 0x7f)
    within = octet >= 0x80
    if (within) continue
    if (arcs.length === 0) {
      // Section 8.19.4: the first two arcs share one subidentifier.
      const first = arc < 80n ? arc / 40n : 2n
      arcs.push(first, arc - first * 40n)
    } else arcs.push(arc)
    arc = 0n
  }
  if (within) throw truncated()
  return arcs.join('.')
}
