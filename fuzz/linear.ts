/**
 * Looks for work that grows faster than what is read: npm run fuzz:linear -- [--only "smtp"] [--size 65536]
 *
 * Each row reads a seed with one piece repeated in it, at some length and at twice that. Medians of a shared machine prove
 * nothing, so this gates nothing: it tells where to look.
 */
import './work.ts'
import { parseArgs } from 'node:util'
import { TEXT_PIECES } from './edits/pieces.ts'
import type { Readable } from './row.ts'
import { ROWS } from './rows.ts'

const { values } = parseArgs({
  options: { only: { type: 'string', default: '' }, size: { type: 'string', default: '32768' } },
})
const size = Number(values.size)
if (!Number.isSafeInteger(size) || size < 1024)
  throw new RangeError('--size takes a whole number, 1,024 at least')

/** Twice the length in three times the time is worth a look, if the time is one to speak of, in milliseconds. */
const SUSPICIOUS = 3
const NOTHING = 1

async function median(times: number, work: () => unknown): Promise<number> {
  const taken: number[] = []
  for (let i = 0; i < times; i++) {
    const start = performance.now()
    await work()
    taken.push(performance.now() - start)
  }
  return taken.sort((a, b) => a - b)[times >> 1]!
}

/** Before the seed, in its middle, behind it, and alone. */
const placed = (seed: string, repeated: string): readonly string[] => [
  repeated + seed,
  seed.slice(0, seed.length >> 1) + repeated + seed.slice(seed.length >> 1),
  seed + repeated,
  `${repeated}!`,
]

interface Growth {
  readonly piece: string
  readonly place: number
  readonly milliseconds: number
  readonly ratio: number
}

async function growthOf({ read }: Readable, seed: string, piece: string, place: number): Promise<Growth> {
  const text = (length: number) => placed(seed, piece.repeat(Math.ceil(length / piece.length)))[place]!
  const [one, two] = [text(size), text(2 * size)]
  await read(one)
  const first = await median(1, () => read(two))
  if (first < NOTHING) return { piece, place, milliseconds: first, ratio: 0 }
  let ratio = Number.POSITIVE_INFINITY
  // What is slow once may be the machine's fault: it counts when it is slow each time.
  for (let attempt = 0; attempt < 3 && ratio > SUSPICIOUS; attempt++) {
    const short = await median(5, () => read(one))
    ratio = Math.min(ratio, (await median(5, () => read(two))) / short)
  }
  return { piece, place, milliseconds: first, ratio }
}

let suspicious = 0
for (const { name, readable } of ROWS.filter((row) => row.name.startsWith(values.only))) {
  if (!readable) continue
  let worst: Growth = { piece: '', place: 0, milliseconds: 0, ratio: 0 }
  for (const piece of new Set([...TEXT_PIECES, ...readable.pieces]))
    for (const place of [0, 1, 2, 3])
      for (const seed of readable.seeds.slice(0, 2)) {
        if (!piece) continue
        const growth = await growthOf(readable, seed, piece, place)
        if (growth.ratio > worst.ratio) worst = growth
        if (growth.ratio <= SUSPICIOUS) continue
        suspicious++
        const { milliseconds, ratio } = growth
        console.log(
          `${name}: ${JSON.stringify(piece.slice(0, 20))} in place ${place}: ${milliseconds.toFixed(1)} ms, ×${ratio.toFixed(1)}`,
        )
      }
  console.log(`${name}: at worst ×${worst.ratio.toFixed(2)}`)
}
console.log(suspicious ? `${suspicious} to look at` : 'nothing grows faster than what is read')
