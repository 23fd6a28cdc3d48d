import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const directory = mkdtempSync(join(tmpdir(), 'saslkit-fuzz-'))
process.on('exit', () => rmSync(directory, { recursive: true, force: true }))

/** A file of that name in a directory of our own, which goes when we go. */
export function fileOf(name: string, text: string): string {
  const path = join(directory, name)
  writeFileSync(path, text)
  return path
}
