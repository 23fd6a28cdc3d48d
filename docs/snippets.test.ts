/**
 * Each TypeScript block of the README and of the guides compiles, and those that say so run. What a block takes from the
 * reader's program it is given by a module of docs/snippets, named in a comment before the block:
 *
 *     <!-- runs with docs/snippets/client.ts -->
 *
 * or by "the block before".
 */
import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { after, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'

const run = promisify(execFile)
const root = new URL('../', import.meta.url)
const pathOf = (relative: string): string => fileURLToPath(new URL(relative, root))

interface Snippet {
  /** README.md:21, where the block begins. */
  readonly place: string
  readonly runs: boolean
  readonly code: string
}

const BEFORE = 'the block before'
const BLOCK =
  /^(?:<!-- (runs|compiles)(?: with (docs\/snippets\/\S+\.ts|the block before))? -->\n)?```ts\n([\s\S]*?)\n```$/gm

async function snippetsOf(document: string): Promise<Snippet[]> {
  const text = await readFile(pathOf(document), 'utf8')
  const found: Snippet[] = []
  for (const match of text.matchAll(BLOCK)) {
    const [, mark, world, code = ''] = match
    const line = text.slice(0, match.index).split('\n').length + (mark ? 1 : 0)
    const given = world ? await importsFor(world, code, found.at(-1)) : ''
    found.push({
      place: `${document}:${line}`,
      runs: mark === 'runs',
      code: `${given}${code}\n\nexport {}\n`,
    })
  }
  assert.equal(
    found.length,
    text.match(/^```ts$/gm)?.length ?? 0,
    `${document}: a block that was not understood`,
  )
  return found
}

function fileOf({ place }: Snippet): string {
  return `${place.replace(/[/:]/g, '-')}.ts`
}

/** Of a module, what the block mentions and does not bring itself: on the block's first line, so that its lines keep their numbers. */
async function importsFor(world: string, code: string, before: Snippet | undefined): Promise<string> {
  const names: string[] = []
  const text = world === BEFORE ? before!.code : await readFile(pathOf(world), 'utf8')
  const module = world === BEFORE ? `./${fileOf(before!)}` : `../${world.slice('docs/'.length)}`
  const own = (name: string) =>
    new RegExp(`^(?:import [^']*|(?:const|function) [^=:;(\\n]*)\\b${name}\\b`, 'm').test(code)
  const mentioned = (name: string) => new RegExp(`\\b${name}\\b`).test(code)
  for (const [, kind, list = ''] of text.matchAll(
    /^export (?:async )?(const|function|type|interface) (\w+|\{[^}]*\})/gm,
  ))
    for (const [name] of list.matchAll(/\w+/g))
      if (mentioned(name) && !own(name))
        names.push(kind === 'type' || kind === 'interface' ? `type ${name}` : name)
  return `import { ${names.join(', ')} } from '${module}'; `
}

const guides = (await readdir(new URL('docs/', root))).filter((name) => name.endsWith('.md'))
const documents = ['README.md', ...guides.map((name) => `docs/${name}`)]
const snippets = (await Promise.all(documents.map(snippetsOf))).flat()

// In the tree, where packages and the modules of docs/snippets are found; ignored by Git.
const folder = await mkdtemp(pathOf('docs/.snippets-'))
after(() => rm(folder, { recursive: true, force: true }))

for (const snippet of snippets) await writeFile(`${folder}/${fileOf(snippet)}`, snippet.code)
await writeFile(
  `${folder}/tsconfig.json`,
  JSON.stringify({
    extends: '../../tsconfig.base.json',
    compilerOptions: {
      noEmit: true,
      allowImportingTsExtensions: true,
      isolatedDeclarations: false,
      declaration: false,
      skipLibCheck: true,
    },
    include: ['*.ts'],
  }),
)
const compiled = run(process.execPath, [pathOf('node_modules/typescript/bin/tsc'), '-p', folder]).then(
  () => '',
  ({ stdout }: { stdout: string }) => stdout,
)

for (const snippet of snippets) {
  const file = fileOf(snippet)

  test(`${snippet.place} compiles`, async () => {
    const complaints = (await compiled).split('\n').filter((line) => line.includes(file))
    assert.deepEqual(complaints, [])
  })

  if (snippet.runs)
    test(`${snippet.place} runs`, async () => {
      // Without this runner's mark, a block that is a test itself tells what has failed.
      const env = { ...process.env, NODE_TEST_CONTEXT: undefined }
      await run(process.execPath, [`${folder}/${file}`], { env, timeout: 60_000 }).catch(
        ({ stdout, stderr }: { stdout: string; stderr: string }) => assert.fail(`${stdout}${stderr}`),
      )
    })
}

test('the compiler had nothing else to say', async () => {
  const known = new Set(snippets.map(fileOf))
  const said = (await compiled)
    .split('\n')
    .filter((line) => /^\S/.test(line) && ![...known].some((file) => line.includes(file)))
  assert.deepEqual(said, [])
})
