/** Each relative link of the documents leads to a file, and where it names a heading, to one that is there. */
import assert from 'node:assert/strict'
import { readdir, readFile, stat } from 'node:fs/promises'
import { test } from 'node:test'
import { documents, root } from './documents.ts'

test('all documents are looked at', () => {
  for (const known of [
    'README.md',
    'SECURITY.md',
    'docs/server.md',
    'docs/decisions/0001-a-step-is-a-value.md',
    'bench/results.md',
  ])
    assert.ok(documents.includes(known), known)
})

/** GitHub's way to make an anchor of a heading. */
const anchorOf = (heading: string): string =>
  heading
    .toLowerCase()
    .replace(/[^\p{L}\p{N} _-]/gu, '')
    .replaceAll(' ', '-')

async function problemOf(target: string, document: string): Promise<string | undefined> {
  const [path = '', anchor] = target.split('#')
  const url = path ? new URL(path, new URL(document, root)) : new URL(document, root)
  if (!(await stat(url).catch(() => undefined))) return `${target}: no such file`
  if (anchor === undefined) return undefined
  const headings = (await readFile(url, 'utf8')).matchAll(/^#+ (.*)$/gm)
  return [...headings].some(([, heading = '']) => anchorOf(heading) === anchor)
    ? undefined
    : `${target}: no such heading`
}

for (const document of documents)
  test(`${document}: links lead somewhere`, async () => {
    const text = await readFile(new URL(document, root), 'utf8')
    const targets = [...text.matchAll(/\]\(([^)\s]+)\)/g)].map(([, target = '']) => target)
    const problems = await Promise.all(
      targets.filter((target) => !/^[a-z]+:/.test(target)).map((target) => problemOf(target, document)),
    )
    assert.deepEqual(
      problems.filter((problem) => problem !== undefined),
      [],
    )
  })

test('each decision is on the list of them', async () => {
  const folder = new URL('docs/decisions/', root)
  const list = await readFile(new URL('README.md', folder), 'utf8')
  const missing = (await readdir(folder)).filter((page) => /^\d/.test(page) && !list.includes(`](${page})`))
  assert.deepEqual(missing, [])
})
