/**
 * Each TypeScript block of every document compiles and runs. A comment before it says so, and names what gives it what it
 * takes from the reader's program, a module of docs/snippets:
 *
 *     <!-- runs with docs/snippets/client.ts -->
 *
 * or "the block before".
 */
import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { after, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { documents, root } from './documents.ts'

const run = promisify(execFile)
const pathOf = (relative: string): string => fileURLToPath(new URL(relative, root))

interface Snippet {
  /** README.md:21, where the block begins. */
  readonly place: string
  readonly code: string
}

const BEFORE = 'the block before'
const BLOCK = /^<!-- runs(?: with (docs\/snippets\/\S+\.ts|the block before))? -->\n```ts\n([\s\S]*?)\n```$/gm

async function snippetsOf(document: string): Promise<Snippet[]> {
  const text = await readFile(pathOf(document), 'utf8')
  const found: Snippet[] = []
  for (const match of text.matchAll(BLOCK)) {
    const [, world, code = ''] = match
    const line = text.slice(0, match.index).split('\n').length + 1
    const given = world ? await importsFor(world, code, found.at(-1)) : ''
    found.push({
      place: `${document}:${line}`,
      code: `${given}${code}\n\nexport {}\n`,
    })
  }
  assert.equal(
    found.length,
    fences(text).filter((language) => /^(?:[cm]?[jt]sx?|javascript|typescript)\b/i.test(language)).length,
    `${document}: a block that does not say that it runs, or in a language that is not run`,
  )
  return found
}

/** What each block says that it is written in: however deep it stands, and whatever it is fenced by. */
function fences(text: string): string[] {
  const languages: string[] = []
  let open: string | undefined
  for (const [, fence = '', language = ''] of text.matchAll(/^[ >]*(`{3,}|~{3,}) *(.*)$/gm)) {
    if (open === undefined) {
      open = fence
      languages.push(language.trim())
    } else if (fence.startsWith(open) && !language.trim()) open = undefined
  }
  return languages
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

  test(`${snippet.place} runs`, async () => {
    // Without this runner's mark, a block that is a test itself tells what has failed.
    const env = { ...process.env, NODE_TEST_CONTEXT: undefined }
    await run(process.execPath, [`${folder}/${file}`], { cwd: folder, env, timeout: 60_000 }).catch(
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
