/**
 * Looks for work that grows faster than what is read.
 *
 * Each row reads a seed with one piece repeated in it, up to some length. Work that grows with the square of that takes a
 * hundred times as long as this lets pass, so that most rows are done with one look; where there is something to see, it
 * is read again at half the length, and at a quarter. By processor time, which a busy machine falsifies least; still it
 * proves nothing, and gates nothing: it tells where to look. What can be counted gates (test/linear.test.ts).
 */
import './work.ts'
import { commandLine } from '../commands/command-line.ts'
import { repeatedIn } from './repeated.ts'
import type { Readable } from './row.ts'
import { ROWS } from './rows.ts'

const USAGE = `npm run fuzz:linear [-- options]

  --only TEXT  only the rows that begin so
  --size N     how many characters are read at most (default: 131072)
  --help       this`

const { values, refuse } = commandLine(USAGE, {
  options: { only: { type: 'string', default: '' }, size: { type: 'string', default: '131072' } },
})
const size = Number(values.size)
if (!Number.isSafeInteger(size) || size < 1024) refuse('--size takes a whole number, 1,024 at least')

/** Nanoseconds a character, of either length: under that there is nothing to see. */
const NOTHING = 500
/** Four times the length in so many times the time: 4 is linear, 16 is square. */
const SUSPICIOUS = 9

/** The least of several, in milliseconds: what else goes on can only add to it. */
async function least(times: number, work: () => unknown): Promise<number> {
  let taken = Number.POSITIVE_INFINITY
  for (let i = 0; i < times; i++) {
    const before = process.cpuUsage()
    await work()
    const { user, system } = process.cpuUsage(before)
    taken = Math.min(taken, (user + system) / 1000)
  }
  return taken
}

interface Growth {
  readonly milliseconds: number
  readonly ratio: number
}

/** Undefined: nothing to see. */
async function growthOf(
  read: Readable['read'],
  text: (length: number) => string,
): Promise<Growth | undefined> {
  const whole = text(size)
  const isFast = (milliseconds: number) => milliseconds * 1e6 < NOTHING * size
  const first = await least(1, () => read(whole))
  if (isFast(first)) return undefined
  // What is as slow as that needs no second look to be told from noise.
  const times = first > 1000 ? 1 : 5
  const milliseconds = times === 1 ? first : await least(times, () => read(whole))
  if (isFast(milliseconds)) return undefined
  const quarter = text(size / 4)
  return { milliseconds, ratio: milliseconds / (await least(times, () => read(quarter))) }
}

let suspicious = 0
for (const { name, readable } of ROWS.filter((row) => row.name.startsWith(values.only))) {
  if (!readable) continue
  let looked = 0
  let slow = 0
  for (const { piece, place, text } of repeatedIn(readable)) {
    looked++
    const growth = await growthOf(readable.read, text)
    if (!growth) continue
    slow++
    if (growth.ratio < SUSPICIOUS) continue
    suspicious++
    const { milliseconds, ratio } = growth
    console.log(
      `${name}: ${JSON.stringify(piece.slice(0, 20))} in place ${place}: ${milliseconds.toFixed(0)} ms, ×${ratio.toFixed(1)} for ×4`,
    )
  }
  console.log(`${name}: ${looked} texts, ${slow} of them slow`)
}
console.log(suspicious ? `${suspicious} to look at` : 'nothing grows faster than what is read')
