import { spawn } from 'node:child_process'

export interface Ended {
  readonly code: number | null
  readonly stdout: string
  readonly stderr: string
  /** It had to be stopped. */
  readonly late: boolean
}

/** NODE_TEST_CONTEXT would have a Node within a test of Node report to that. */
const { NODE_TEST_CONTEXT: _, ...environment } = process.env

/**
 * Runs a program to its end.
 *
 * @param deadline milliseconds, after which it is asked to stop, and soon made to.
 */
export function ended(
  [program, ...args]: readonly [string, ...(readonly string[])],
  cwd: string,
  deadline: number,
): Promise<Ended> {
  return new Promise((resolve, reject) => {
    let stdout = ''
    let stderr = ''
    let late = false
    const env = { ...environment, NO_COLOR: '1', DENO_NO_UPDATE_CHECK: '1', DENO_NO_PROMPT: '1' }
    const child = spawn(program, args, { cwd, stdio: ['ignore', 'pipe', 'pipe'], env })
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      stdout += text
    })
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      stderr += text
    })
    const stop = setTimeout(() => {
      late = true
      child.kill('SIGINT')
    }, deadline)
    const end = setTimeout(() => child.kill('SIGKILL'), deadline + 5000)
    child.once('error', reject)
    child.once('close', (code) => {
      clearTimeout(stop)
      clearTimeout(end)
      resolve({ code, stdout, stderr, late })
    })
  })
}
