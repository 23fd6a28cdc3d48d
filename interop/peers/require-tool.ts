import { execFileSync } from 'node:child_process'

export interface Tool {
  /** For the test's options: why it cannot run here; undefined where it can. */
  readonly skip: string | undefined
}

/**
 * Asks for a program that tests use beside the peers, by a command that succeeds where it is there. Where it is missing
 * they are skipped, aloud.
 *
 * @throws Error on CI, when it is missing.
 */
export function requireTool(packages: string, command: string, ...args: readonly string[]): Tool {
  try {
    const env = { ...process.env, PATH: `${process.env.PATH}:/usr/sbin:/sbin` }
    execFileSync(command, args, { env, stdio: 'ignore', timeout: 60_000 })
    return { skip: undefined }
  } catch {
    const skip = `missing: apt-get install ${packages}`
    if (process.env.CI) throw new Error(skip)
    console.error(`\n*** SKIPPED: ${skip} ***\n`)
    return { skip }
  }
}
