import type { BlockCounts } from './block-counts.ts'
import { type Repeated, repeatedIn } from './repeated.ts'
import { type Readable, readQuietly } from './row.ts'

const LENGTH = 1024
/** So much longer are the others: work that grows with the square of the length is there 16 times as much. */
const TIMES = 4
/** Between the two. */
const MOST = 6
/** Texts that are counted together: the fewer, the less can hide among what the others do; the more, the sooner it is done. */
const TOGETHER = 48
/** How often a block may run for each character, though it did not run for short texts. */
const IN_ADDITION = 2

/** Blocks that run more often than texts get longer. Squares in pieces of over seven characters are too small to be told. */
export async function grown(
  readable: Readable,
  take: () => Promise<BlockCounts>,
): Promise<readonly string[]> {
  const texts = [...repeatedIn(readable)]
  const found = new Map<string, string>()
  for (let at = 0; at < texts.length; at += TOGETHER)
    for (const [block, counts] of await grownIn(readable, texts.slice(at, at + TOGETHER), take))
      found.set(block, counts)
  return [...found].map(([block, counts]) => `${block}: ${counts}`)
}

async function grownIn(
  readable: Readable,
  texts: readonly Repeated[],
  take: () => Promise<BlockCounts>,
): Promise<(readonly [block: string, counts: string])[]> {
  const readAll = async (length: number) => {
    await take()
    for (const { text } of texts) await readQuietly(() => readable.read(text(length)))
    return take()
  }
  const before = await readAll(LENGTH)
  const after = await readAll(TIMES * LENGTH)
  const characters = texts.length * TIMES * LENGTH
  return [...after]
    .filter(([block, count]) => count > MOST * (before.get(block) ?? 0) + IN_ADDITION * characters)
    .map(([block, count]) => [block, `${before.get(block) ?? 0} times, then ${count}`] as const)
}
