import { type ChildProcess, type ChildProcessWithoutNullStreams, spawn } from 'node:child_process'
import { once } from 'node:events'

export interface SpawnOptions {
  readonly cwd?: string | undefined
  /** Written to its standard input, which is then closed. */
  readonly input?: string | undefined
  readonly env?: Readonly<Record<string, string>> | undefined
}

export interface Ended {
  /** Its exit status; −1 when a signal ended it. */
  readonly status: number
  readonly stdout: string
  readonly stderr: string
}

const running = new Set<ChildProcess>()

/** What this process started does not outlive it, however it ends. */
process.once('exit', () => {
  for (const child of running) child.kill('SIGKILL')
})
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => process.exit(1))

const ENVIRONMENT = {
  PATH: `${process.env.PATH}:/usr/sbin:/sbin`,
  // Without a UTF-8 locale gsasl takes "jürgen" for ASCII gone wrong.
  LC_ALL: 'C.UTF-8',
  HOME: '/nonexistent',
}

/** Starts a program, with none of this process's own environment but PATH. */
export function start(
  command: string,
  args: readonly string[],
  { cwd, env }: SpawnOptions = {},
): ChildProcessWithoutNullStreams {
  const child = spawn(command, args, { cwd, env: { ...ENVIRONMENT, ...env }, stdio: 'pipe' })
  running.add(child)
  child.once('exit', () => running.delete(child))
  child.stdin.on('error', () => {}) // it went away while we were talking to it: its exit says so
  return child
}

/** Asks it to end, and waits until it has. */
export async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const ended = once(child, 'exit')
  child.kill('SIGTERM')
  const hard = setTimeout(() => child.kill('SIGKILL'), 10_000)
  await ended
  clearTimeout(hard)
}

/** A run that hangs is a failure; a slow machine is not. */
const PATIENCE = 60_000

/** Runs a program to its end. @throws Error when it cannot be started or does not end. */
export async function run(
  command: string,
  args: readonly string[],
  options: SpawnOptions = {},
): Promise<Ended> {
  const child = start(command, args, options)
  child.stdin.end(options.input ?? '')
  let [stdout, stderr] = ['', '']
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout += text
  })
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text
  })
  try {
    const [code] = (await once(child, 'close', { signal: AbortSignal.timeout(PATIENCE) })) as [number | null]
    return { status: code ?? -1, stdout, stderr }
  } catch (cause) {
    child.kill('SIGKILL')
    throw new Error(`${command} did not run to its end:\n${stdout}\n${stderr}`, { cause })
  }
}
