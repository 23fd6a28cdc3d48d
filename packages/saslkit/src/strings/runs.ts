/** The code space cut into runs of one class each; a class is a letter. */
export interface Runs {
  readonly starts: Uint32Array
  readonly letters: string
}

/** From the tables' form: for each run its length in base 36, left out where it is 1, and its class's capital letter. */
export function decodeRuns(encoded: string): Runs {
  const starts: number[] = []
  let letters = ''
  let start = 0
  for (const [, length, letter] of encoded.matchAll(/([0-9a-z]*)([A-Z])/g)) {
    starts.push(start)
    letters += letter
    start += length ? Number.parseInt(length, 36) : 1
  }
  return { starts: Uint32Array.from(starts), letters }
}

export function classAt({ starts, letters }: Runs, codePoint: number): string {
  let low = 0
  let high = starts.length
  while (high - low > 1) {
    const middle = (low + high) >>> 1
    if (starts[middle]! <= codePoint) low = middle
    else high = middle
  }
  return letters.charAt(low)
}

/** A class letter for each code point of a text, so that rules about classes are matters of string search. */
export function classesOf(runs: Runs, text: string): string {
  let classes = ''
  for (const character of text) classes += classAt(runs, character.codePointAt(0)!)
  return classes
}
