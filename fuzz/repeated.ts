/** Texts in which one piece is repeated: what reads them must not do more than they are long. */
import { TEXT_PIECES } from './edits/pieces.ts'
import type { Readable } from './row.ts'

export interface Repeated {
  readonly piece: string
  readonly place: number
  /** So many characters of the piece, at least. */
  text(length: number): string
}

/** Before the seed, in its middle, behind it, and alone. */
const placed = (seed: string, repeated: string): readonly string[] => [
  repeated + seed,
  seed.slice(0, seed.length >> 1) + repeated + seed.slice(seed.length >> 1),
  seed + repeated,
  `${repeated}!`,
]

export function* repeatedIn({ seeds, pieces }: Readable): Generator<Repeated> {
  for (const piece of new Set([...TEXT_PIECES.filter(({ length }) => length < 64), ...pieces]))
    for (const place of [0, 1, 2, 3])
      if (piece)
        yield {
          piece,
          place,
          text: (length) => placed(seeds[0]!, piece.repeat(Math.ceil(length / piece.length)))[place]!,
        }
}
