import { text } from '../../octets.js'
import { type DerElement, UTF8_STRING } from './der.js'

/**
 * The string types of names (RFC 5280 section 4.1.2.4, X.520) as text; undefined of any other type, and of what is
 * ill-formed. Nothing is guessed: TeletexString is read where it is ASCII, since implementations disagree on the rest.
 */
export function stringText({ tag, content }: DerElement): string | undefined {
  switch (tag) {
    case UTF8_STRING:
      return utf8Text(content)
    case NUMERIC_STRING:
    case PRINTABLE_STRING:
    case TELETEX_STRING:
    case IA5_STRING:
    case VISIBLE_STRING:
      return asciiText(content)
    case UNIVERSAL_STRING:
      return wideText(content, 4)
    case BMP_STRING:
      return wideText(content, 2)
    default:
      return undefined
  }
}

const NUMERIC_STRING = 0x12
const PRINTABLE_STRING = 0x13
const TELETEX_STRING = 0x14
const IA5_STRING = 0x16
const VISIBLE_STRING = 0x1a
const UNIVERSAL_STRING = 0x1c
const BMP_STRING = 0x1e

/** Text that one can read: something in it, and no control character, NUL above all. */
const READABLE = /^\P{Cc}+$/u

const readable = (characters: string): string | undefined =>
  READABLE.test(characters) ? characters : undefined

/** Undefined where the octets are not all printable ASCII, or none. */
export function asciiText(octets: Uint8Array): string | undefined {
  let characters = ''
  for (const octet of octets) {
    if (octet > 0x7e) return undefined
    characters += String.fromCharCode(octet)
  }
  return readable(characters)
}

/** Undefined where the octets are not UTF-8, hold a control character, or are none. */
export function utf8Text(octets: Uint8Array): string | undefined {
  try {
    return readable(text(octets))
  } catch {
    return undefined
  }
}

/** Code points of a fixed size, most significant octet first. Surrogates are none. */
function wideText(octets: Uint8Array, size: 2 | 4): string | undefined {
  if (octets.length % size !== 0) return undefined
  let characters = ''
  let point = 0
  for (const [at, octet] of octets.entries()) {
    point = point * 256 + octet
    if ((at + 1) % size !== 0) continue
    if (point > 0x10ffff || (point >= 0xd800 && point < 0xe000)) return undefined
    characters += String.fromCodePoint(point)
    point = 0
  }
  return readable(characters)
}
