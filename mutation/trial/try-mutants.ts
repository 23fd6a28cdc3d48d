import { globSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import type { MutatedFile } from '../mutate.ts'
import type { Snapshot } from '../snapshot.ts'
import { startTrial, type Trial } from './ask.ts'
import { pool } from './pool.ts'

export type Fate = 'killed' | 'endless' | 'survived' | 'unreached'

/**
 * They start servers, print and search all there is, or mix megabytes, which takes many minutes once each step is counted:
 * slow, and what they guard is whole. Not asking them makes the score no better.
 */
const NOT_ASKED = ['node/', 'secrets/', 'credentials/known-answers-of-yescrypt.']

/** Seconds of test cases, of all files together, that a mutant has to survive. */
const PATIENCE = 2

interface Life {
  readonly id: string
  readonly file: string
  fate: Fate
  spent: number
  busy: boolean
}

export interface Asked {
  /** Only test files whose path below test/ begins so; with none, all. */
  readonly tests: readonly string[]
  /** What each takes, in seconds, as far as it is known; written anew. */
  readonly known: Map<string, number>
  /** How many test files. */
  readonly atOnce: number
}

/** Puts mutants to the cases that reach them until one fails: first those of the same room, the quick ones first. */
export async function tryMutants(
  snapshot: Snapshot,
  swapped: string,
  files: readonly MutatedFile[],
  ids: ReadonlySet<string>,
  { tests, known, atOnce }: Asked,
): Promise<ReadonlyMap<string, Fate>> {
  const lives = new Map<string, Life>()
  for (const { file, mutants } of files)
    for (const { id } of mutants)
      if (ids.has(id)) lives.set(id, { id, file, fate: 'unreached', spent: 0, busy: false })

  const fileOf = new Map(files.flatMap(({ file, mutants }) => mutants.map(({ id }) => [id, file] as const)))
  const rooms = new Set(files.map(({ file }) => file.split('/')[0]!))
  const isNear = (test: string) => rooms.has(test.split('/')[0]!)
  const cost = (test: string) => (known.get(test) ?? 1) * (isNear(test) ? 1 : 2)
  const asked = globSync('**/*.test.js', { cwd: join(snapshot.dist, 'test') })
    .filter((test) => !NOT_ASKED.some((start) => test.startsWith(start)))
    .filter((test) => tests.length === 0 || tests.some((start) => test.startsWith(start)))
    .sort((a, b) => cost(a) - cost(b))

  await pool(asked, atOnce, async (test) => {
    let trial = await startTrial(snapshot, swapped, test)
    if (trial.kind === 'unfit')
      return console.error(`left out: ${test} fails without a mutant, in ${trial.title}`)
    known.set(test, Math.round(trial.reached.seconds * 100) / 100)
    const waiting = reachedBy(trial, lives, fileOf)
    for (const life of waiting) {
      if (!isAlive(life)) continue
      if (life.busy) {
        // Another test file has it. Its turn comes again behind all others.
        waiting.push(life)
        await setTimeout(10)
        continue
      }
      life.busy = true
      if (life.fate === 'unreached') life.fate = 'survived'
      let answer = await trial.ask(life.id)
      if (answer?.spoilt) {
        // In a process that nothing has touched, the verdict is this mutant's own.
        trial.end()
        trial = await startTrial(snapshot, swapped, test)
        if (trial.kind === 'unfit') return free(life)
        if (answer.verdict !== 'survived') answer = await trial.ask(life.id)
      }
      life.fate = answer?.verdict ?? 'endless'
      life.spent += answer?.seconds ?? 0
      free(life)
      if (!answer) {
        trial = await startTrial(snapshot, swapped, test)
        if (trial.kind === 'unfit') return
      }
    }
    trial.end()
    const alive = [...lives.values()].filter(({ fate }) => fate === 'survived' || fate === 'unreached').length
    console.log(`${test}: ${alive} of ${lives.size} left`)
  })
  return new Map([...lives].map(([id, { fate }]) => [id, fate]))
}

function free(life: Life): void {
  life.busy = false
}

const isAlive = ({ fate, spent }: Life): boolean =>
  (fate === 'survived' || fate === 'unreached') && spent < PATIENCE

/**
 * Those that its cases pass; and of those that are passed as modules are loaded, which any import does, the ones of files
 * that its cases use, or that do all their work then. Which files these are, mutants that are not tried any more tell as well.
 */
function reachedBy(
  { reached: { running, loading } }: Trial,
  lives: ReadonlyMap<string, Life>,
  fileOf: ReadonlyMap<string, string>,
): Life[] {
  const found = new Set(running)
  const loaded = new Set(loading)
  const used = new Set(running.map((id) => fileOf.get(id)))
  const waits = new Set([...fileOf].filter(([id]) => !loaded.has(id)).map(([, file]) => file))
  for (const id of loading) {
    const file = fileOf.get(id)
    if (used.has(file) || (file && !waits.has(file))) found.add(id)
  }
  return [...found].flatMap((id) => lives.get(id) ?? [])
}
