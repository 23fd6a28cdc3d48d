import { readFile } from 'node:fs/promises'
import { root } from './documents.ts'

/** The code of the block of a document in which `mark` stands, and which needs nothing of docs/snippets. */
export async function blockWith(document: string, mark: string): Promise<string> {
  const text = await readFile(new URL(document, root), 'utf8')
  const found = [...text.matchAll(/^```ts\n([\s\S]*?)\n```$/gm)].filter(([block]) => block.includes(mark))
  if (found.length !== 1) throw new Error(`${document}: ${found.length} blocks with ${mark}`)
  return found[0]![1]!
}
