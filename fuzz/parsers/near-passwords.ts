/** What somebody might have typed in place of a password: other text, and as little other as can be. */

/** Moved by so much, ASCII is what Unicode calls full-width, which NFKC undoes. */
const FULL_WIDTH = 0xfee0

const nextTo = (character: string): string => {
  const point = character.codePointAt(0)!
  return String.fromCodePoint(point === 0xd7ff ? 0xe000 : point === 0x10ffff ? 0x10fffe : point + 1)
}

const wide = (character: string): string => {
  const point = character.codePointAt(0)!
  return point > 0x20 && point < 0x7f ? String.fromCodePoint(point + FULL_WIDTH) : character
}

/** One character changed, taken away or added, another case, and forms that SASLprep or PRECIS may make one. */
export function nearPasswords(password: string): readonly string[] {
  const characters = Array.from(password)
  const [first = '', last = ''] = [characters[0], characters.at(-1)]
  const [tail, head] = [characters.slice(1), characters.slice(0, -1)]
  const middle = characters.length >> 1
  const near = [
    [nextTo(first || 'x'), ...tail],
    characters.map((one, at) => (at === middle ? nextTo(one) : one)),
    [...head, nextTo(last || 'x')],
    tail,
    head,
    [...characters, last],
    ...['x', ' ', '\0', '\u00ad', '\u0301'].map((more) => [...characters, more]),
    [' ', ...characters],
    [...characters, ...characters],
    [wide(first), ...tail],
    characters.map(wide),
  ].map((each) => each.join(''))
  const other = [
    password.toUpperCase(),
    password.toLowerCase(),
    ...(['NFC', 'NFD', 'NFKC', 'NFKD'] as const).map((form) => password.normalize(form)),
  ]
  return [...new Set([...near, ...other])].filter((each) => each !== password)
}
