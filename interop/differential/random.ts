/** Numbers that look random and are the same for the same seed, on every machine. */
export interface Random {
  /** A whole number, 0 to `below` - 1. */
  below(below: number): number
  /** True that often: 0.2 is one in five. */
  chance(often: number): boolean
  pick<T>(items: readonly T[]): T
  octets(length: number): Uint8Array<ArrayBuffer>
}

/** A generator for one case: `seed` is that of the run, `label` names the row, `index` the case. */
export function randomFor(seed: number, label: string, index: number): Random {
  let state = mix(seed ^ mix(index))
  for (const character of label) state = mix(state ^ character.codePointAt(0)!)

  /** Mulberry32 (public domain): 32 bits of state, enough to choose test cases by. */
  const next = (): number => {
    state = (state + 0x6d2b79f5) | 0
    return mix(state)
  }
  const below = (limit: number): number => Math.floor((next() / 0x1_0000_0000) * limit)
  return {
    below,
    chance: (often) => next() / 0x1_0000_0000 < often,
    pick: (items) => {
      const item = items[below(items.length)]
      if (item === undefined) throw new RangeError('nothing to pick from')
      return item
    },
    octets: (length) => Uint8Array.from({ length }, () => below(256)),
  }
}

function mix(value: number): number {
  let mixed = Math.imul(value ^ (value >>> 15), value | 1)
  mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
  return (mixed ^ (mixed >>> 14)) >>> 0
}
