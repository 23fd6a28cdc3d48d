/** What is published, installed where nobody knows this repository. */
import assert from 'node:assert/strict'
import { readdir, readFile } from 'node:fs/promises'
import { builtinModules } from 'node:module'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { build } from 'esbuild'
import { publint } from 'publint'
import { formatMessage } from 'publint/utils'
import { type Packed, pack, remove, temporaryFolder } from './packaging/pack.ts'
import { type Project, project } from './packaging/project.ts'

let folder: string
let packed: Packed
let esm: Project

before(async () => {
  folder = await temporaryFolder()
  packed = await pack(folder)
  esm = await project(join(folder, 'esm'), packed.tarball, { type: 'module' }, [
    '@types/node',
    'undici-types',
  ])
})
after(() => remove(folder))

interface Manifest {
  readonly name: string
  readonly exports: Readonly<Record<string, string>>
  readonly dependencies?: Readonly<Record<string, string>>
  readonly scripts?: Readonly<Record<string, string>>
}
const manifestOf = async (name: string): Promise<Manifest> =>
  JSON.parse(await readFile(join(esm.folder, 'node_modules', name, 'package.json'), 'utf8'))

/** `saslkit`, `saslkit/client` … */
const entrances = async (): Promise<string[]> =>
  Object.keys((await manifestOf('saslkit')).exports)
    .filter((name) => name !== './package.json')
    .map((name) => `saslkit${name.slice(1)}`)

/** A whole login, both halves; what a program prints of it. */
const LOGIN = `
const server = saslServer({
  directory: await memoryDirectory([{ authcid: 'tim', password: 'tanstaaftanstaaf' }], { iterations: 4096 }),
  decoySecret: new Uint8Array(16),
}).begin('SCRAM-SHA-256', { secure: true })
const client = saslClient({ authcid: 'tim', password: 'tanstaaftanstaaf' }).select(['SCRAM-SHA-256'])
let reply = await server.step(await client.start())
while (reply.kind === 'challenge') reply = await server.step(await client.challenge(reply.challenge))
if (reply.kind === 'success') await client.success(reply.additionalData)
console.log(reply.kind)
`

test('the sources, compiled, and what has to be read by people: nothing else is in the package', async () => {
  const source = new URL('../packages/saslkit/src/', import.meta.url)
  const modules = (await readdir(source, { recursive: true })).filter((name) => name.endsWith('.ts'))
  const compiled = modules.flatMap((name) =>
    ['.js', '.d.ts'].map((extension) => `dist/src/${name.replace(/\.ts$/, extension)}`),
  )
  assert.deepEqual([...packed.files].sort(), [...compiled, 'LICENSE', 'README.md', 'package.json'].sort())
})

test('no module points to what is not there', async () => {
  for (const path of packed.files.filter((name) => name.endsWith('.js'))) {
    const text = await readFile(join(esm.folder, 'node_modules/saslkit', path), 'utf8')
    assert.doesNotMatch(text, /sourceMappingURL/, path)
  }
})

test('one dependency is installed, pinned, and nothing runs when it is', async () => {
  assert.deepEqual((await manifestOf('saslkit')).dependencies, { '@noble/hashes': '2.4.0' })
  for (const name of ['saslkit', '@noble/hashes']) {
    const { scripts = {} } = await manifestOf(name)
    for (const script of ['preinstall', 'install', 'postinstall', 'prepare'])
      assert.ok(!(script in scripts), script)
  }
  const lock = JSON.parse(await readFile(join(esm.folder, 'package-lock.json'), 'utf8')) as {
    packages: Record<string, { optional?: boolean; peer?: boolean }>
  }
  assert.deepEqual(
    Object.keys(lock.packages).filter((path) => path && !lock.packages[path]!.peer),
    ['node_modules/@noble/hashes', 'node_modules/saslkit'],
  )
})

test('publint finds nothing to complain of', async () => {
  const { messages, pkg } = await publint({ pkgDir: join(esm.folder, 'node_modules/saslkit'), strict: true })
  assert.deepEqual(
    messages.map((message) => formatMessage(message, pkg!)),
    [],
  )
})

test('an ES module imports every entrance, and logs in', async () => {
  const imports = (await entrances()).map((name) => `await import('${name}')`).join('\n')
  await esm.write(
    'login.js',
    `import { memoryDirectory, saslClient, saslServer } from 'saslkit'\n${imports}\n${LOGIN}`,
  )
  assert.deepEqual(await esm.node('login.js'), { stdout: 'success\n', stderr: '' })
})

test('a CommonJS module requires every entrance, and logs in', async () => {
  const cjs = await project(join(folder, 'cjs'), packed.tarball, { type: 'commonjs' })
  const requires = (await entrances()).map((name) => `require('${name}')`).join('\n')
  await cjs.write(
    'login.js',
    `const { memoryDirectory, saslClient, saslServer } = require('saslkit')\n${requires}\n;(async () => {${LOGIN}})()`,
  )
  assert.deepEqual(await cjs.node('login.js'), { stdout: 'success\n', stderr: '' })
})

const STRICT = {
  strict: true,
  skipLibCheck: false,
  exactOptionalPropertyTypes: true,
  noUncheckedIndexedAccess: true,
  target: 'ES2023',
}

for (const [title, options] of Object.entries({
  'moduleResolution nodenext, on Node': { module: 'nodenext', lib: ['ES2023'], types: ['node'] },
  'moduleResolution bundler, on Node': {
    module: 'esnext',
    moduleResolution: 'bundler',
    lib: ['ES2023'],
    types: ['node'],
  },
  'moduleResolution bundler, in a browser': {
    module: 'esnext',
    moduleResolution: 'bundler',
    lib: ['ES2023', 'DOM', 'DOM.Iterable'],
    types: [],
  },
}))
  test(`TypeScript, strict, declarations checked: ${title}`, async () => {
    const browser = title.endsWith('browser')
    const names = (await entrances()).filter((name) => !browser || name !== 'saslkit/node')
    const imports = names.map(
      (name, at) => `import * as entrance${at} from '${name}'\nexport { entrance${at} }`,
    )
    await esm.write(
      'good.mts',
      `import { memoryDirectory, saslClient, saslServer } from 'saslkit'\n${imports.join('\n')}\n${LOGIN}`,
    )
    await esm.write('bad.mts', `import { saslClient } from 'saslkit'\nsaslClient({ username: 'tim' })\n`)
    const said = await esm.compile({ ...STRICT, ...options }, ['good.mts', 'bad.mts'])
    assert.match(said, /^bad\.mts.* error TS2353: .*'username'.*\n$/)
  })

test('bundled for a browser, it needs nothing of Node', async () => {
  await esm.write('browser.js', `import { memoryDirectory, saslClient, saslServer } from 'saslkit'\n${LOGIN}`)
  const { metafile } = await build({
    entryPoints: [join(esm.folder, 'browser.js')],
    outdir: join(esm.folder, 'bundle'),
    bundle: true,
    format: 'esm',
    splitting: true,
    platform: 'browser',
    metafile: true,
    logLevel: 'silent',
  })
  const imported = Object.values(metafile.outputs).flatMap(({ imports }) => imports)
  assert.deepEqual(
    imported.filter(({ path, external }) => external || builtinModules.includes(path)),
    [],
  )
  assert.ok(
    !Object.keys(metafile.inputs).some((path) =>
      /\/node(\.js|\/)/.test(path.slice(path.indexOf('dist/src'))),
    ),
  )
  // Run where the names that Node adds to those of browsers are not to be had.
  await esm.write(
    'run-bundle.js',
    `for (const name of ['process', 'Buffer', 'global', 'setImmediate']) delete globalThis[name]
    await import('./bundle/browser.js')`,
  )
  assert.deepEqual(await esm.node('run-bundle.js'), { stdout: 'success\n', stderr: '' })
})

test('a bundle holds what it uses: PLAIN brings no hash', async () => {
  await esm.write(
    'plain.js',
    `import { ClientExchange, plainClient } from 'saslkit/client'
    console.log(new ClientExchange(plainClient({ authcid: 'tim', password: 'x' })))`,
  )
  const { metafile } = await build({
    entryPoints: [join(esm.folder, 'plain.js')],
    outdir: join(esm.folder, 'plain-bundle'),
    bundle: true,
    format: 'esm',
    splitting: true,
    platform: 'browser',
    metafile: true,
    logLevel: 'silent',
  })
  const [start] = Object.values(metafile.outputs).filter(({ entryPoint }) => entryPoint?.endsWith('plain.js'))
  const loaded = Object.entries(start!.inputs).filter(([, { bytesInOutput }]) => bytesInOutput > 0)
  assert.deepEqual(
    loaded.map(([path]) => path).filter((path) => /md5|sha|scram|cram|saslprep|precis|noble/.test(path)),
    [],
  )
})

test('the README names every entrance', async () => {
  const readme = await readFile(new URL('../README.md', import.meta.url), 'utf8')
  for (const name of await entrances())
    assert.ok(
      readme.includes(`\`${name}\``) || readme.includes(`\`${name.replace('saslkit/profiles', '')}\``),
      name,
    )
})
