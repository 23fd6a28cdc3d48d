/** What is published: which files, what they need, and what others' tools think of them. */
import assert from 'node:assert/strict'
import { readdir, readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { before, describe, test } from 'node:test'
import { pathToFileURL } from 'node:url'
import { publint } from 'publint'
import { formatMessage } from 'publint/utils'
import { root } from './folders.ts'
import { modulesOf, whyMissing } from './installed.ts'
import { type Packed, packed } from './pack.ts'
import { moduleProject, type Project } from './project.ts'

/** The little of its interface that is used here. */
interface AreTheTypesWrong {
  createPackageFromTarballData(tarball: Uint8Array): object
  checkPackage(made: object): Promise<{
    readonly entrypoints: Readonly<Record<string, unknown>>
    readonly problems: readonly {
      readonly kind: string
      readonly entrypoint?: string
      readonly resolutionKind?: string
    }[]
  }>
}

const tools = await whyMissing('tools')

/** The same modules, joined for Node. */
const JOINED = /^dist\/node\/.*\.js$/

describe('contents', () => {
  let tarball: Packed
  let somebody: Project
  before(async () => {
    tarball = await packed()
    somebody = await moduleProject()
  })

  test('the sources, compiled, and what has to be read by people: nothing else is in the package', async () => {
    const names = await readdir(join(root, 'packages/saslkit/src'), { recursive: true })
    const compiled = names
      .filter((name) => name.endsWith('.ts'))
      .flatMap((name) => ['.js', '.d.ts'].map((extension) => `dist/src/${name.replace(/\.ts$/, extension)}`))
    const others = tarball.files.filter((path) => !JOINED.test(path))
    assert.deepEqual(others.sort(), [...compiled, 'LICENSE', 'README.md', 'package.json'].sort())
  })

  test('what the package says is there, and nothing that is joined is there in vain', async () => {
    const { exports } = await somebody.manifestOf('saslkit')
    const said = Object.values(exports).flatMap((target) =>
      typeof target === 'string' ? target : Object.values(target),
    )
    const paths = said.map((path) => path.slice('./'.length)).filter((path) => path !== 'package.json')
    assert.deepEqual(
      paths.filter((path) => !tarball.files.includes(path)),
      [],
    )
    const reached = new Set<string>()
    const follow = async (path: string): Promise<void> => {
      if (reached.has(path)) return
      reached.add(path)
      const text = await readFile(join(somebody.folder, 'node_modules/saslkit', path), 'utf8')
      for (const [, next = ''] of text.matchAll(/(?:from|import)\s*\(?\s*['"](\.[^'"]+)['"]/g))
        await follow(join(path, '..', next))
    }
    for (const path of paths.filter((name) => JOINED.test(name))) await follow(path)
    assert.deepEqual(
      tarball.files.filter((path) => JOINED.test(path) && !reached.has(path)),
      [],
    )
  })

  test('no module points to what is not there', async () => {
    for (const path of tarball.files.filter((name) => name.endsWith('.js'))) {
      const text = await readFile(join(somebody.folder, 'node_modules/saslkit', path), 'utf8')
      assert.doesNotMatch(text, /sourceMappingURL/, path)
    }
  })

  test('one dependency is installed, pinned, and nothing runs when it is', async () => {
    assert.deepEqual((await somebody.manifestOf('saslkit')).dependencies, { '@noble/hashes': '2.4.0' })
    for (const name of ['saslkit', '@noble/hashes']) {
      const { scripts = {} } = await somebody.manifestOf(name)
      for (const script of ['preinstall', 'install', 'postinstall', 'prepare'])
        assert.ok(!(script in scripts), script)
    }
    const lock = JSON.parse(await readFile(join(somebody.folder, 'package-lock.json'), 'utf8')) as {
      packages: Record<string, { peer?: boolean }>
    }
    assert.deepEqual(
      Object.keys(lock.packages).filter((path) => path && !lock.packages[path]!.peer),
      ['node_modules/@noble/hashes', 'node_modules/saslkit'],
    )
  })

  test('what is installed on request only is not installed', async () => {
    const names = await readdir(join(somebody.folder, 'node_modules'))
    assert.deepEqual(names.filter((name) => !name.startsWith('.')).sort(), ['@noble', 'saslkit'])
  })

  test('publint finds nothing to complain of', async () => {
    const { messages, pkg } = await publint({
      pkgDir: join(somebody.folder, 'node_modules/saslkit'),
      strict: true,
    })
    assert.deepEqual(
      messages.map((message) => formatMessage(message, pkg!)),
      [],
    )
  })

  test('arethetypeswrong: nothing but what being an ES module entails', {
    skip: tools ?? false,
  }, async () => {
    const main = createRequire(join(modulesOf('tools'), 'x.js')).resolve('@arethetypeswrong/core')
    const { createPackageFromTarballData, checkPackage } = (await import(
      pathToFileURL(main).href
    )) as AreTheTypesWrong
    const { entrypoints, problems } = await checkPackage(
      createPackageFromTarballData(await readFile(tarball.tarball)),
    )
    assert.ok(Object.keys(entrypoints).length >= (await somebody.entrances()).length)
    // TypeScript's oldest resolution knows no "exports", and with module node16 nothing may be required that is an ES module.
    const entailed = problems.filter(
      ({ kind, resolutionKind }) =>
        (kind === 'NoResolution' && resolutionKind === 'node10') ||
        (kind === 'CJSResolvesToESM' && resolutionKind === 'node16-cjs'),
    )
    assert.deepEqual(
      problems.filter((problem) => !entailed.includes(problem)),
      [],
    )
  })

  test('the README names every entrance', async () => {
    const readme = await readFile(join(root, 'README.md'), 'utf8')
    for (const name of await somebody.entrances())
      assert.ok(
        readme.includes(`\`${name}\``) || readme.includes(`\`${name.replace('saslkit/profiles', '')}\``),
        name,
      )
  })
})
