import type { ChildProcessWithoutNullStreams } from 'node:child_process'
import { start, stop } from '../peers/process.ts'

/** A peer's program: one line in, one line out (programs/lines.h). */
export interface LineProgram {
  ask(line: string): Promise<string>
  /** Whether its clients want to be told of success, with "ok". */
  readonly hears: boolean
  end(): Promise<void>
}

/** A hang is a finding, and a slow machine is not. */
const PATIENCE = 60_000

/** Starts the program when it is first asked, and again after it has died: what kills it is answered with "fail". */
export function lineProgram(command: readonly [string, ...string[]], hears = false): LineProgram {
  let child: ChildProcessWithoutNullStreams | undefined
  let rest = ''
  let waiting: ((reply: string) => void) | undefined

  const settle = (reply: string): void => {
    const resolve = waiting
    waiting = undefined
    resolve?.(reply)
  }
  const begin = (): ChildProcessWithoutNullStreams => {
    const started = start(command[0], command.slice(1))
    rest = ''
    started.stdout.setEncoding('utf8').on('data', (text: string) => {
      rest += text
      const end = rest.indexOf('\n')
      if (end < 0) return
      const line = rest.slice(0, end)
      rest = rest.slice(end + 1)
      settle(line)
    })
    started.stderr.resume()
    started.once('close', (code, signal) => {
      if (child === started) child = undefined
      settle(`fail the program died (${signal ?? code})`)
    })
    return started
  }

  return {
    hears,
    async ask(line) {
      if (waiting) throw new Error('asked before it has answered')
      child ??= begin()
      const running = child
      const timer = setTimeout(() => running.kill('SIGKILL'), PATIENCE)
      try {
        return await new Promise<string>((resolve) => {
          waiting = resolve
          running.stdin.write(`${line}\n`)
        })
      } finally {
        clearTimeout(timer)
      }
    },
    async end() {
      if (child) await stop(child)
    },
  }
}
