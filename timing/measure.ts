import { KINDS, type Kind, type Measured, type Row } from './row.ts'

export interface Amount {
  /** Of each kind, at most … */
  readonly samples: number
  /** … and as many as fit into so many milliseconds. */
  readonly budget: number
}

const WARM_UP = 40

/** Each round tries all kinds once, in an order drawn anew, so that whatever comes and goes in the machine comes to all. */
export async function measure(row: Row, { samples, budget }: Amount): Promise<readonly Measured[]> {
  const taken = row.parts.map(() => new Map(KINDS.map((kind) => [kind, [] as number[]])))
  let end = Number.POSITIVE_INFINITY
  for (let round = -WARM_UP; round < samples && performance.now() < end; round++) {
    if (round === 0) end = performance.now() + budget
    for (const kind of shuffled(KINDS)) {
      const times = await row.attempt(kind, round + WARM_UP)
      if (round >= 0) for (const [part, time] of times.entries()) taken[part]!.get(kind)!.push(time)
    }
  }
  return row.parts.map((part, at) => ({
    group: row.group,
    name: part ? `${row.name}, ${part}` : row.name,
    samples: Object.fromEntries(taken[at]!) as unknown as Measured['samples'],
  }))
}

function shuffled(kinds: readonly Kind[]): readonly Kind[] {
  const left = [...kinds]
  return kinds.map(() => left.splice(Math.floor(Math.random() * left.length), 1)[0]!)
}
