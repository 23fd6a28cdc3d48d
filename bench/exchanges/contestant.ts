import { spawn } from 'node:child_process'
import { createInterface } from 'node:readline'

/** A program that runs whole exchanges when asked to, and says how many it did in a second of CPU time. */
export interface Contestant {
  readonly name: string
  /** Undefined where it does not know the case. */
  rate(name: string, seconds: number): Promise<number | undefined>
  end(): void
}

/** Starts a program that speaks the lines of serve.ts. */
export function startContestant(name: string, command: string, args: readonly string[] = []): Contestant {
  const child = spawn(command, args, { stdio: ['pipe', 'pipe', 'inherit'] })
  const answers = createInterface(child.stdout)[Symbol.asyncIterator]()
  return {
    name,
    async rate(exchange, seconds) {
      child.stdin.write(`${exchange} ${seconds}\n`)
      const { value, done } = await answers.next()
      if (done) throw new Error(`${name} ended while it ran ${exchange}`)
      return value === '-' ? undefined : Number(value)
    },
    end: () => child.stdin.end(),
  }
}
