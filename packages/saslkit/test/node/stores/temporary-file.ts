import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const folder = mkdtempSync(join(tmpdir(), 'saslkit-stores-'))
process.on('exit', () => rmSync(folder, { recursive: true, force: true }))

let files = 0

/** A new file of this content; none at all where that is undefined. */
export function temporaryFile(content?: string | Uint8Array): string {
  const path = join(folder, `file${++files}`)
  if (content !== undefined) writeFileSync(path, content)
  return path
}
