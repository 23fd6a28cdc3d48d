import type { BlockCounts } from './block-counts.ts'
import { repeatedIn } from './repeated.ts'
import { type Readable, readQuietly } from './row.ts'

const LENGTH = 1024
/** So much longer are the others: work that grows with the square of the length is there 16 times as much. */
const TIMES = 4
/** Between the two. */
const MOST = 6

/** Blocks that run more often than texts get longer; once for each character of them may come in addition. */
export async function grown(
  readable: Readable,
  take: () => Promise<BlockCounts>,
): Promise<readonly string[]> {
  const texts = [...repeatedIn(readable)]
  const readAll = async (length: number) => {
    await take()
    for (const { text } of texts) await readQuietly(() => readable.read(text(length)))
    return take()
  }
  const before = await readAll(LENGTH)
  const after = await readAll(TIMES * LENGTH)
  const characters = texts.length * TIMES * LENGTH
  return [...after]
    .filter(([block, count]) => count > MOST * (before.get(block) ?? 0) + characters)
    .map(([block, count]) => `${block}: ${before.get(block) ?? 0} times, then ${count}`)
}
