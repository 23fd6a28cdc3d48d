/** Servers that refuse to run as root, or should not: as root we have them become nobody. */
import type { ChildProcessWithoutNullStreams } from 'node:child_process'
import { chmodSync, chownSync, readdirSync } from 'node:fs'
import { userInfo } from 'node:os'
import { join } from 'node:path'
import { run, type SpawnOptions, start } from './process.ts'

export interface Runner {
  readonly user: string
  readonly group: string
  readonly uid: number
  readonly gid: number
}

const isRoot = (): boolean => process.getuid?.() === 0

/** Whom `startUnprivileged` runs programs as. */
export async function unprivileged(): Promise<Runner> {
  const user = isRoot() ? 'nobody' : userInfo().username
  const id = async (what: string) => (await run('id', [what, user])).stdout.trim()
  return { user, group: await id('-gn'), uid: Number(await id('-u')), gid: Number(await id('-g')) }
}

/** `--pdeathsig` ends it with us, however we end. */
const BECOME_NOBODY = [
  'setpriv', '--reuid=nobody', '--regid=nogroup', '--clear-groups', '--pdeathsig=TERM'] // biome-ignore format: a command line

/** The command line that runs a program so. */
export function unprivilegedly(command: string, args: readonly string[]): [string, readonly string[]] {
  const [first = '', ...rest] = [...(isRoot() ? BECOME_NOBODY : []), command, ...args]
  return [first, rest]
}

export const startUnprivileged = (
  command: string,
  args: readonly string[],
  options: SpawnOptions = {},
): ChildProcessWithoutNullStreams => start(...unprivilegedly(command, args), options)

/** A folder, and what is in it, as if the runner had made it. */
export function giveTo(folder: string, { uid, gid }: Runner): void {
  chmodSync(folder, 0o755)
  for (const name of ['', ...readdirSync(folder, { recursive: true })])
    chownSync(join(folder, String(name)), uid, gid)
}
