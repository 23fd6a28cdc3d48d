/**
 * Each relative link of the documents leads to a file, and where it names a heading, to one that is there; each script of
 * npm that they name can be run.
 */
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

/** In any of the shapes that Markdown has for them: in place, elsewhere, and as HTML. */
function targetsIn(text: string): string[] {
  const prose = text.replace(/^(`{3,}|~{3,})[^\n]*\n[\s\S]*?^\1$/gm, '').replace(/`[^`\n]*`/g, '')
  const shapes = [
    /\]\(\s*(?:<([^>\n]*)>|([^)\s]+))(?:\s+["'(][^\n]*?["')])?\s*\)/g,
    /^ {0,3}\[[^\]\n]+\]:\s*(?:<([^>\n]*)>|(\S+))/gm,
    /<[a-z]+\b[^>]*?\s(?:href|src)\s*=\s*(?:"([^"]*)"|'([^']*)')/gi,
  ]
  return shapes.flatMap((shape) => [...prose.matchAll(shape)].map(([, one, other]) => one ?? other ?? ''))
}

test('links are found in every shape', () => {
  const text =
    '[a](1.md) ![b](2.svg "two") [c](<3 .md>)\n[d][e]\n\n[e]: 4.md\n<a id="x" href="5.md"> <img src=\'6.svg\'>'
  const code = '\n```ts\na[0](no.md)\n```\n`[x](no.md)`\n'
  assert.deepEqual(targetsIn(text + code).sort(), ['1.md', '2.svg', '3 .md', '4.md', '5.md', '6.svg'])
})

for (const document of documents)
  test(`${document}: links lead somewhere`, async () => {
    const text = await readFile(new URL(document, root), 'utf8')
    const targets = targetsIn(text)
    const problems = await Promise.all(
      targets.filter((target) => !/^[a-z]+:/.test(target)).map((target) => problemOf(target, document)),
    )
    assert.deepEqual(
      problems.filter((problem) => problem !== undefined),
      [],
    )
  })

const { scripts } = JSON.parse(await readFile(new URL('package.json', root), 'utf8')) as {
  readonly scripts: Readonly<Record<string, string>>
}

for (const document of documents)
  test(`${document}: the commands that it names are there`, async () => {
    const text = await readFile(new URL(document, root), 'utf8')
    const named = [...text.matchAll(/\bnpm run ([\w:-]+)/g)].map(([, script = '']) => script)
    assert.deepEqual(
      named.filter((script) => !(script in scripts)),
      [],
    )
  })

test('each decision is on the list of them', async () => {
  const folder = new URL('docs/decisions/', root)
  const list = await readFile(new URL('README.md', folder), 'utf8')
  const missing = (await readdir(folder)).filter((page) => /^\d/.test(page) && !list.includes(`](${page})`))
  assert.deepEqual(missing, [])
})
