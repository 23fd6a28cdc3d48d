/**
 * Unicode normalization in linear time. The engines sort a run of combining marks by insertion: 64 Ki marks in the
 * wrong order hold V8 up for seconds, and a name comes from anyone who can reach the port. Longer runs than people
 * write are therefore put in order here first.
 */

/** All that decomposes to combining marks alone: the marks, and the halfwidth voicing signs. */
const LONG_RUN = /[\p{M}\uff9e\uff9f]{32,}/gu

export function normalize(text: string, form: 'NFC' | 'NFKC'): string {
  if (text.length < 32) return text.normalize(form)
  return text.replace(LONG_RUN, (run) => inOrder(run, form === 'NFC' ? 'NFD' : 'NFKD')).normalize(form)
}

/** Canonical ordering (Unicode 3.11, D109) of a run of marks, one bucket for each combining class. */
function inOrder(run: string, form: 'NFD' | 'NFKD'): string {
  const decomposed = new Map<string, string[]>()
  for (const mark of new Set(run)) decomposed.set(mark, [...mark.normalize(form)])
  const ranks = ranksOf(new Set([...decomposed.values()].flat()))
  let ordered = ''
  let buckets: string[] = []
  for (const mark of run)
    for (const part of decomposed.get(mark)!) {
      const rank = ranks.get(part)
      if (rank !== undefined) buckets[rank] = (buckets[rank] ?? '') + part
      else {
        ordered += buckets.join('') + part
        buckets = []
      }
    }
  return ordered + buckets.join('')
}

/** Ranks of the marks that have a combining class, in the order of these classes. Starters have none. */
function ranksOf(marks: ReadonlySet<string>): Map<string, number> {
  const ranks = new Map<string, number>()
  let rank = 0
  let before: string | undefined
  for (const mark of [...marks].filter(reorders).sort((a, b) => Number(swap(a, b)) - Number(swap(b, a)))) {
    if (before !== undefined && swap(mark, before)) rank++
    ranks.set(mark, rank)
    before = mark
  }
  return ranks
}

/** U+0345 has the highest combining class, 240, and U+0334 the lowest, 1. */
const reorders = (mark: string): boolean => swap('\u0345', mark) || swap(mark, '\u0334')

/** Whether the engine puts b before a: both have a combining class, and a's is the higher. */
export const swap = (a: string, b: string): boolean => a !== b && (a + b).normalize('NFD') === b + a
