import { readdir } from 'node:fs/promises'

export const root: URL = new URL('../', import.meta.url)

/** Not ours, made by a build, or a copy that is published. */
const NOT_WRITTEN_HERE =
  /(?:^|\/)(?:node_modules|dist|\.git|\.build)\/|^docs\/api\/|^packages\/saslkit\/README\.md$/

/** All that is written here for people, as paths from the root: whatever ends in `.md`, wherever it is. */
export const documents: readonly string[] = await markdownIn('')

async function markdownIn(folder: string): Promise<string[]> {
  const found: string[] = []
  for (const entry of await readdir(new URL(folder || '.', root), { withFileTypes: true })) {
    const path = `${folder}${entry.name}${entry.isDirectory() ? '/' : ''}`
    if (NOT_WRITTEN_HERE.test(path)) continue
    if (entry.isDirectory()) found.push(...(await markdownIn(path)))
    else if (path.endsWith('.md')) found.push(path)
  }
  return found.sort()
}
