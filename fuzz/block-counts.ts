import { Session } from 'node:inspector/promises'

/** How often each block of code has run, by where it is. */
export type BlockCounts = ReadonlyMap<string, number>

/**
 * Has V8 count, until the process ends: what it counts is the same in each run, on any machine. It sees loops of ours, and not
 * what one call of a built-in does: a regular expression, indexOf.
 *
 * @param counted of whose modules, by URL.
 * @returns what gives the counts since it was called last.
 */
export async function countBlocks(counted: RegExp): Promise<() => Promise<BlockCounts>> {
  const session = new Session()
  session.connect()
  await session.post('Profiler.enable')
  await session.post('Profiler.startPreciseCoverage', { callCount: true, detailed: true })
  return async () => {
    const { result } = await session.post('Profiler.takePreciseCoverage')
    const counts = new Map<string, number>()
    for (const { url, functions } of result)
      if (counted.test(url))
        for (const { functionName, ranges } of functions)
          for (const { startOffset, endOffset, count } of ranges)
            counts.set(`${functionName}, ${url.replace(/.*\//, '')}:${startOffset}-${endOffset}`, count)
    return counts
  }
}
