import type { ScramCredentials, ScramShape } from '../directory.js'

/** What most keys look like. Whoever looks otherwise shows that they exist; so let it be the fewest. */
export function usualShape(keys: readonly ScramCredentials[]): ScramShape | undefined {
  const counts = new Map<string, readonly [ScramShape, number]>()
  for (const { iterations, salt } of keys) {
    const shape = { iterations, saltLength: salt.length }
    const id = Object.values(shape).join()
    counts.set(id, [shape, (counts.get(id)?.[1] ?? 0) + 1])
  }
  return [...counts.values()].toSorted(([, one], [, other]) => other - one)[0]?.[0]
}
