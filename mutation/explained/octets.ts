import type { Explanation } from './explanation.ts'

const SHORTCUT = 'A quick way for what is short, or long: both ways give the same octets.'
const BEYOND =
  'What is written beyond the end of an array of octets is lost, and what is read there is undefined.'

export const OCTETS: readonly Explanation[] = [
  { file: 'octets/base64.ts', code: /^if \(octets\.length > 3 \* SHORT\)/, why: SHORTCUT },
  {
    file: 'octets/base64.ts',
    code: 'for (let i = 0; i < length; i++) shelf[i] = 0',
    why: 'It wipes octets that nobody else can reach; a memory dump sees the difference.',
  },
  {
    file: 'octets/base64.ts',
    code: 'if (whole === length) return',
    why: 'What follows writes beyond the end of what is then read.',
  },
  { file: 'octets/base64.ts', code: /^for \(let bits = 0; bits < CODES\.length/, why: BEYOND },
  {
    file: 'octets/base64.ts',
    code: /^const padding = /,
    original: 'length === 0',
    why: 'Where nothing stands, what stands before it is no padding that the length allows.',
  },
  { file: 'octets/base64.ts', code: /^if \(padding === 1\) octets\[at \+ 1\]/, why: BEYOND },
  {
    file: 'octets/binary.ts',
    code: /^for \(let at = 0; at < octets\.length; at \+= 4096\)/,
    why: 'One part more, of no octets, adds nothing.',
  },
  {
    code: /^for \(let i = 0; i < (?:characters|part|text|octets|target)\.length; i\+\+\)|^for \(let i = 0; i < length; i\+\+\) (?:message|shelf)\[i\] = /,
    original: / < /,
    why: BEYOND,
  },
  { file: 'octets/draft.ts', code: /^if \(code > 0x7f\)/, why: SHORTCUT },
  {
    file: 'octets/draft.ts',
    code: 'const octets = this.#reserve(end - start)',
    why: 'More room than is needed is taken by what follows.',
  },
  { file: 'octets/draft.ts', code: /^if \(length > SHORT\)/, why: SHORTCUT },
  {
    file: 'octets/draft.ts',
    code: 'if (this.#end + length <= this.#shared.length) return this.#shared',
    why: 'Other room is taken, into which what has begun is copied.',
  },
  {
    file: 'octets/shelf.ts',
    code: /^const views: /,
    why: 'What is not in the array yet is undefined as well.',
  },
  { file: 'octets/shelf.ts', code: /^if \(length > SHORT\) return decoder/, why: SHORTCUT },
  { file: 'octets/shelf.ts', code: /^return \(length > BRIEF \? /, why: SHORTCUT },
  {
    file: 'octets/shelf.ts',
    code: /^function ascii\(|^if \(code > 0x7f\) return undefined$/,
    why: 'What is not taken for ASCII is decoded as all text is.',
  },
  {
    file: 'octets/shelf.ts',
    code: 'const codes: number[] = Array(length)',
    why: 'The array grows as it is filled.',
  },
  {
    file: 'octets/shelf.ts',
    code: /^\} finally \{$|^for \(let i = 0; i < length; i\+\+\) shelf\[i\] = 0$/,
    why: 'It wipes octets that nobody else can reach; a memory dump sees the difference.',
  },
  { file: 'octets/utf8.ts', code: /^if \(length > SHORT\) return encodeAny/, why: SHORTCUT },
  {
    file: 'octets/utf8.ts',
    code: /^export function writeAscii|^if \(code > 0x7f\) return false$|^return true$/,
    why: 'What is not taken for ASCII is encoded as all text is.',
  },
  { file: 'octets/web.ts', code: '} catch {', why: 'A function that returns nothing returns undefined.' },
  {
    file: 'octets/web.ts',
    code: /^this\.#parts\.push\(start === undefined/,
    replacement: 'false',
    why: `${SHORTCUT} A view of the whole is the whole.`,
  },
  {
    file: 'strings/rules.ts',
    code: /^case 'none':$/,
    why: 'Text without a rule has been answered before; the case is for the compiler.',
  },
]
