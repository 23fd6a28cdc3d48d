import type { Random } from './random.ts'

/**
 * Something on the way that a third party does to one message: in octets, within one of its fields, so that it means
 * the same where two implementations write the same fields in messages of different lengths.
 */
export interface Edit {
  readonly from: 'client' | 'server'
  /** Which of that side's messages, from 0. */
  readonly message: number
  /** Which field, from 0, counted around. */
  readonly field: number
  /** Where in it, 0 to 1. */
  readonly at: number
  readonly what: 'flip' | 'drop' | 'repeat' | 'insert' | 'cut' | 'without-field' | 'extend' | 'case' | 'bits'
  /** The bit to flip, or the octet to insert. */
  readonly value: number
}

const KINDS = [
  'flip',
  'flip',
  'drop',
  'repeat',
  'insert',
  'cut',
  'without-field',
  'extend',
  'case',
  'bits',
] as const

/** Octets that mean something to somebody: NUL, delimiters, what is no UTF-8. */
const OCTETS = [0x00, 0x01, 0x20, 0x2c, 0x3d, 0x41, 0x7f, 0x80, 0xc0, 0xff]

export function randomEdit(random: Random, mechanism: string): Edit {
  const what = random.pick(KINDS)
  return {
    from: random.chance(mechanism.startsWith('SCRAM-') ? 0.5 : 0.8) ? 'client' : 'server',
    message: random.below(2),
    field: random.below(6),
    at: random.below(1000) / 1000,
    what,
    value: what === 'insert' ? random.pick(OCTETS) : random.below(8),
  }
}

/** Where fields end: at NUL in PLAIN, at %x01 in the OAuth mechanisms, at the space in CRAM-MD5, at "," in SCRAM. */
const delimiterOf = (mechanism: string): number | undefined => {
  if (mechanism === 'PLAIN') return 0
  if (mechanism.includes('OAUTH')) return 1
  if (mechanism === 'CRAM-MD5') return 0x20
  return mechanism.startsWith('SCRAM-') ? 0x2c : undefined
}

/** Makes the edit; the message as it was where the edit finds nothing to change. */
export function edited(
  { field, at, what, value }: Edit,
  mechanism: string,
  message: Uint8Array,
): Uint8Array<ArrayBuffer> {
  const delimiter = delimiterOf(mechanism)
  const fields = split([...message], delimiter)
  const chosen = field % fields.length
  const octets = fields[chosen]!
  const index = Math.min(octets.length - 1, Math.floor(at * octets.length))
  const change = (from: number, remove: number, ...added: number[]): void => {
    octets.splice(Math.max(0, from), remove, ...added)
  }
  const octet = octets[index] ?? 0
  // The last character before padding is for 'bits': which of its bits mean something depends on what stands there.
  const flipped = octets[index + 1] === EQUALS ? 0 : index
  if (what === 'flip' && octets.length) change(flipped, 1, (octets[flipped] ?? 0) ^ (1 << value))
  if (what === 'drop') change(index, 1)
  if (what === 'repeat' && octets.length) change(index, 0, octet)
  if (what === 'insert') change(index, 0, value)
  if (what === 'cut') {
    fields.splice(chosen + 1)
    octets.splice(Math.max(0, index))
  }
  if (what === 'without-field') fields.splice(chosen, 1)
  if (what === 'extend') octets.push(...(delimiter === undefined ? [] : [delimiter]), 0x78, 0x3d, 0x31)
  if (what === 'case') fields[chosen] = octets.map((each) => (isLetter(each) ? each ^ 0x20 : each))
  if (what === 'bits') setUnusedBit(octets)
  return Uint8Array.from(fields.flatMap((each, i) => (i ? [delimiter ?? 0, ...each] : each)))
}

const BASE64 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'
const EQUALS = 0x3d

/** Padded base64 leaves bits over in its last character, which must be zero (RFC 4648 section 3.5). */
function setUnusedBit(octets: number[]): void {
  if (octets.at(-1) !== EQUALS) return
  const last = octets.findLastIndex((octet) => octet !== EQUALS)
  const value = BASE64.indexOf(String.fromCharCode(octets[last] ?? 0))
  if (value >= 0) octets[last] = BASE64.charCodeAt(value ^ 1)
}

const isLetter = (octet: number): boolean => /[a-z]/i.test(String.fromCharCode(octet))

function split(octets: readonly number[], delimiter: number | undefined): number[][] {
  const fields: number[][] = [[]]
  for (const octet of octets)
    if (octet === delimiter) fields.push([])
    else fields.at(-1)!.push(octet)
  return fields
}
