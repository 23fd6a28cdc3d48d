/** Each relative link of the documents leads to a file, and where it names a heading, to one that is there. */
import assert from 'node:assert/strict'
import { readdir, readFile, stat } from 'node:fs/promises'
import { test } from 'node:test'

const root = new URL('../', import.meta.url)
const inFolder = async (folder: string): Promise<string[]> =>
  (await readdir(new URL(folder, root)))
    .filter((name) => name.endsWith('.md'))
    .map((name) => `${folder}${name}`)

const documents = (await Promise.all(['./', 'docs/', 'docs/decisions/'].map(inFolder))).flat()

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
