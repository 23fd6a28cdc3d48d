/** One of those that are most alike by their ids; the first where several are as many. Undefined where there is none. */
export function mostCommon<T>(items: readonly T[], idOf: (item: T) => string): T | undefined {
  const kinds = new Map<string, readonly [T, number]>()
  for (const item of items) {
    const id = idOf(item)
    const [first, count] = kinds.get(id) ?? [item, 0]
    kinds.set(id, [first, count + 1])
  }
  return [...kinds.values()].toSorted(([, one], [, other]) => other - one)[0]?.[0]
}
