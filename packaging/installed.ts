import { stat } from 'node:fs/promises'
import { join } from 'node:path'
import { root } from './folders.ts'
import { npm } from './npm.ts'

/** Folders with a lock file of their own, whose packages are too heavy or too odd to be the repository's. */
export type Heavy = 'tools' | 'runtimes'

export const modulesOf = (heavy: Heavy): string => join(root, 'packaging', heavy, 'node_modules')

const changed = (path: string): Promise<number> =>
  stat(path).then(
    ({ mtimeMs }) => mtimeMs,
    () => Number.NEGATIVE_INFINITY,
  )

/**
 * Installs what a folder's lock file says, unless it is there already; no package's script runs.
 *
 * @returns why it could not be installed: a reason to skip, and to say so.
 * @throws Error on CI, where a proof that was skipped proves nothing.
 */
export async function whyMissing(heavy: Heavy): Promise<string | undefined> {
  const folder = join(root, 'packaging', heavy)
  const installed = await changed(join(folder, 'node_modules/.package-lock.json'))
  if (installed >= (await changed(join(folder, 'package-lock.json')))) return undefined
  try {
    await npm(folder, [
      'ci',
      '--ignore-scripts',
      '--prefer-offline',
      '--no-audit',
      '--no-fund',
      '--fetch-retries=1',
    ])
    return undefined
  } catch (error) {
    const { stderr = String(error) } = error as { readonly stderr?: string }
    const reason = `NOT TESTED: packaging/${heavy} cannot be installed: ${stderr.trim().split('\n')[0]}`
    if (process.env.CI) throw new Error(reason)
    console.error(reason)
    return reason
  }
}
