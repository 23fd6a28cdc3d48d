import { type ChildProcess, fork } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Snapshot } from '../snapshot.ts'
import type { Answer, Order, Ready, Unfit, Word } from './words.ts'

/** Seconds of processor time, and on the clock, after which an answer is not waited for. */
const PROCESSOR = 20
const CLOCK = 240

/** A test file in a process that takes one mutant after another. */
export interface Trial {
  readonly kind: 'trial'
  readonly reached: Ready
  /** Undefined: no answer came, and the process is gone. */
  ask(id: string): Promise<Answer | undefined>
  end(): void
}

export async function startTrial({ dist }: Snapshot, swapped: string, test: string): Promise<Trial | Unfit> {
  const worker = fileURLToPath(new URL('worker.ts', import.meta.url))
  const child = fork(worker, [dist, swapped, join(dist, 'test', test)], {
    cwd: dist,
    execArgv: ['--max-old-space-size=1500'],
    stdio: process.env.MUTATION_SHOW ? 'inherit' : 'ignore',
  })
  const first = (await nextWord(child, 600)) as Ready | Unfit | undefined
  if (first?.kind !== 'ready') {
    child.kill('SIGKILL')
    return first ?? { kind: 'unfit', title: 'it does not end' }
  }
  return {
    kind: 'trial',
    reached: first,
    async ask(id) {
      child.send({ id } satisfies Order)
      return (await nextWord(child, PROCESSOR)) as Answer | undefined
    },
    end: () => void child.kill('SIGKILL'),
  }
}

function nextWord(child: ChildProcess, seconds: number): Promise<Word | undefined> {
  const spent = processorTime(child)
  const began = performance.now()
  return new Promise((resolve) => {
    const watch = setInterval(() => {
      const clock = (performance.now() - began) / 1000
      if (processorTime(child) - spent >= seconds || clock >= CLOCK + seconds) child.kill('SIGKILL')
    }, 500)
    const answered = (word: Word) => settle(word)
    const gone = () => settle(undefined)
    const settle = (word: Word | undefined) => {
      clearInterval(watch)
      child.off('message', answered)
      child.off('exit', gone)
      resolve(word)
    }
    child.on('message', answered)
    child.on('exit', gone)
  })
}

/** In seconds; 0 where the system does not tell, and the clock alone decides. */
function processorTime({ pid }: ChildProcess): number {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]!.split(' ')
    return (Number(fields[11]) + Number(fields[12])) / 100
  } catch {
    return 0
  }
}
