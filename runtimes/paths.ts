import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The repository's. */
export const root: string = fileURLToPath(new URL('../', import.meta.url))

/** The library's, where its compiled tests find what they look for. */
export const library: string = join(root, 'packages/saslkit')

/** The library's compiled tests. */
export const tests: string = join(library, 'dist/test')

/** All files of tests, as in `exchange/client.test.js`. */
export async function testFiles(): Promise<string[]> {
  const names = await readdir(tests, { recursive: true })
  return names
    .map((name) => name.replaceAll('\\', '/'))
    .filter((name) => name.endsWith('.test.js'))
    .sort()
}
