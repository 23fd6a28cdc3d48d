import { rmSync } from 'node:fs'
import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The repository's. */
export const root: string = fileURLToPath(new URL('../', import.meta.url))

/** A folder outside the repository, so that nothing is found there but what was put there; gone when this process is. */
export async function emptyFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'saslkit-packaging-'))
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }))
  return folder
}
