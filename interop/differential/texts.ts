import type { Random } from './random.ts'

/** Ranges of code points, first and last, by what they are to SASLprep. */
const ALPHABETS = {
  alphanumeric: [[0x30, 0x39], [0x41, 0x5a], [0x61, 0x7a]],
  printable: [[0x20, 0x7e]],
  special: [[0x2c, 0x2c], [0x3d, 0x3d], [0x20, 0x20], [0x40, 0x40], [0x22, 0x22], [0x5c, 0x5c]],
  latin: [[0xa1, 0xff], [0x100, 0x17f], [0x1e00, 0x1e9b]],
  greekAndCyrillic: [[0x391, 0x3a1], [0x3b1, 0x3ce], [0x410, 0x44f]],
  cjk: [[0x4e00, 0x9fa5], [0x3041, 0x3094], [0x30a1, 0x30fa], [0xf900, 0xfa2d]],
  hangul: [[0xac00, 0xd7a3], [0x1100, 0x1112], [0x1161, 0x1175], [0x11a8, 0x11c2]],
  marks: [[0x300, 0x34e], [0x483, 0x486], [0x591, 0x5a1], [0x93c, 0x93c], [0x94d, 0x94d], [0x20d0, 0x20dc]],
  rightToLeft: [[0x5d0, 0x5ea], [0x621, 0x63a], [0x671, 0x6d3], [0xfb1d, 0xfb36], [0xfe80, 0xfefc]],
  digitsElsewhere: [[0x660, 0x669], [0x966, 0x96f], [0xff10, 0xff19]],
  compatible: [[0xaa, 0xaa], [0xb2, 0xb3], [0xba, 0xba], [0x2100, 0x213a], [0x2160, 0x2183], [0x2460, 0x24ea],
    [0xfb00, 0xfb06], [0xff01, 0xff5e], [0x1d400, 0x1d433]],
  spaces: [[0xa0, 0xa0], [0x1680, 0x1680], [0x2000, 0x200b], [0x202f, 0x202f], [0x205f, 0x205f], [0x3000, 0x3000]],
  nothings: [[0xad, 0xad], [0x34f, 0x34f], [0x1806, 0x1806], [0x180b, 0x180d], [0x200c, 0x200d], [0x2060, 0x2060], [0xfe00, 0xfe0f]],
  controls: [[0x01, 0x1f], [0x7f, 0x9f]],
  prohibited: [[0x340, 0x341], [0x200e, 0x200f], [0x202a, 0x202e], [0xe000, 0xe010], [0xfff9, 0xfffd],
    [0xfdd0, 0xfdd2], [0xe0020, 0xe0030], [0x2ff0, 0x2ff5]],
  unassigned: [[0x221, 0x221], [0x237, 0x24f], [0x20b9, 0x20bf], [0x1f600, 0x1f64f], [0xa640, 0xa65f], [0x1e900, 0x1e943]],
  corrected: [[0x2f868, 0x2f868], [0x2f874, 0x2f874], [0x2f91f, 0x2f91f], [0x2f95f, 0x2f95f], [0x2f9bf, 0x2f9bf]],
} as const satisfies Record<string, readonly (readonly [first: number, last: number])[]> // biome-ignore format: a table

type Alphabet = keyof typeof ALPHABETS
const NAMES = Object.keys(ALPHABETS) as Alphabet[]

const characterOf = (random: Random, alphabet: Alphabet): string => {
  const [first, last] = random.pick<readonly [number, number]>(ALPHABETS[alphabet])
  return String.fromCodePoint(first + random.below(last - first + 1))
}

const textOf = (random: Random, length: number, alphabets: readonly Alphabet[]): string =>
  Array.from({ length }, () => characterOf(random, random.pick(alphabets))).join('')

/** How long: mostly as people's are, now and then as nobody's is. */
function lengthFrom(random: Random): number {
  if (random.chance(0.02)) return 0
  if (random.chance(0.005)) return 1000 + random.below(400)
  if (random.chance(0.03)) return 60 + random.below(300)
  return 1 + random.below(12)
}

/** A name or a password: half of them ASCII, the others of one script, two, or all at once. */
export function randomText(random: Random): string {
  const length = lengthFrom(random)
  const kind = random.below(100)
  if (kind < 35) return textOf(random, length, ['alphanumeric'])
  if (kind < 45) return textOf(random, length, ['printable'])
  if (kind < 55) return textOf(random, length, ['alphanumeric', 'special'])
  if (kind < 70) return textOf(random, length, ['alphanumeric', 'alphanumeric', random.pick(NAMES)])
  if (kind < 80) return textOf(random, length, [random.pick(NAMES)])
  if (kind < 92) return textOf(random, length, [random.pick(NAMES), random.pick(NAMES)])
  if (kind < 94) return withNul(random, textOf(random, length, ['alphanumeric']))
  if (kind < 95) return insert(random, textOf(random, length, ['hangul']), acrossMark(random))
  return textOf(random, length, NAMES)
}

/** Text that has something of every rule of SASLprep in it, for preparation alone. */
export function wildText(random: Random): string {
  const length = random.chance(0.1) ? 1 : 1 + random.below(10)
  const scripts = [random.pick(NAMES), random.pick(NAMES)]
  const one = (): string => {
    if (random.chance(0.01)) return acrossMark(random)
    if (random.chance(0.01)) return likeAcrossMark(random)
    if (random.chance(0.5)) return characterOf(random, random.pick(scripts))
    if (random.chance(0.5)) return characterOf(random, random.pick(NAMES))
    const code = random.below(random.chance(0.7) ? 0x3000 : 0x110000)
    return code === 0 || (code >= 0xd800 && code <= 0xdfff) ? 'a' : String.fromCodePoint(code)
  }
  return Array.from({ length }, one).join('')
}

/** What composes but for a mark in between (Unicode corrigendum 5). */
const acrossMark = (random: Random): string =>
  String.fromCodePoint(0x1100 + random.below(19), 0x300 + random.below(0x15), 0x1161 + random.below(21))

/** And what is only like it: another syllable stands between, too. */
const likeAcrossMark = (random: Random): string =>
  String.fromCodePoint(
    0x1100 + random.below(19),
    0x486,
    0x11a8,
    0xac00 + 28 * random.below(399),
    0x486,
    0x116b,
  )

const insert = (random: Random, text: string, piece: string): string => {
  const characters = [...text]
  characters.splice(random.below(characters.length + 1), 0, piece)
  return characters.join('')
}

const withNul = (random: Random, text: string): string => insert(random, text, '\0')

/** Another way to write the same text, as SASLprep sees it; the same where there is none. */
export function otherSpelling(random: Random, text: string): string {
  switch (random.below(5)) {
    case 0:
      return text.normalize('NFD')
    case 1:
      return text.normalize('NFC')
    case 2:
      return text.replaceAll(' ', '\u00a0')
    case 3:
      return insert(random, text, characterOf(random, 'nothings'))
    default:
      return text.replace(/[!-~]/, (ascii) => String.fromCodePoint(ascii.charCodeAt(0) + 0xfee0))
  }
}

/** Nearly the same text, and another one to everybody. */
export function nearMiss(random: Random, text: string): string {
  const characters = [...text]
  const at = random.below(characters.length + 1)
  switch (random.below(5)) {
    case 0:
      return text + characterOf(random, 'printable')
    case 1:
      return characters.slice(0, -1).join('')
    case 2:
      return ` ${text}`
    case 3:
      return characters.length
        ? characters.with(Math.min(at, characters.length - 1), characterOf(random, 'printable')).join('')
        : '?'
    default:
      return text === text.toUpperCase() ? text.toLowerCase() : text.toUpperCase()
  }
}
