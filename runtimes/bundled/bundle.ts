import { readdir, readFile } from 'node:fs/promises'
import { join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type BuildFailure, build, type Plugin } from 'esbuild'
import { library, tests } from '../paths.ts'
import { needs } from './needs.ts'

const here = (name: string): string => fileURLToPath(new URL(name, import.meta.url))

/** What stands in for Node's modules, for the tests alone: the library is to ask for none. */
const STAND_INS: Readonly<Record<string, string>> = {
  'node:test': here('node-test.ts'),
  'node:assert/strict': here('assert.ts'),
  'node:crypto': here('node-crypto.ts'),
  'node:module': here('node-module.ts'),
  'node:util': here('node-util.ts'),
}

/** And for its global names. */
const GLOBALS = [
  [/\bBuffer\b/, `import { Buffer } from 'buffer/index.js'`],
  [/\bsetImmediate\b/, `import { setImmediate } from ${JSON.stringify(here('set-immediate.ts'))}`],
] as const

/** Where the tests believe to be. */
const PLACE = 'file:///saslkit/'

/** The hashes on both seams side by side; a bundle has that of browsers. */
const ONE_SEAM = `import * as web from '../../src/crypto/web.js'
export const SEAMS = [['WebCrypto', web]]
export const HASHES = ['MD5', 'SHA-1', 'SHA-224', 'SHA-256', 'SHA-384', 'SHA-512', 'SHA3-512']`

/** node:fs, which reads test vectors and nothing else. */
async function vectorsAlone(): Promise<string> {
  const folder = join(library, 'test')
  const names = (await readdir(folder, { recursive: true })).filter((name) => name.endsWith('.json'))
  const contents = names.map(async (name) => [
    `${PLACE}test/${name.replaceAll('\\', '/')}`,
    await readFile(join(folder, name), 'utf8'),
  ])
  return `const files = new Map(${JSON.stringify(await Promise.all(contents))})
  export function readFileSync(url) {
    const text = files.get(String(url))
    if (text === undefined) throw new Error('there is no ' + url + ' here')
    return text
  }`
}

let vectors: Promise<string> | undefined

const standIns = (missing: Set<string>): Plugin => ({
  name: 'stand-ins',
  setup({ onLoad, onResolve }) {
    onResolve({ filter: /^(node:|buffer\/|@noble\/)/ }, ({ path, importer, resolveDir }) => {
      if (importer.startsWith(here('.')) || path.startsWith('buffer/')) return undefined
      if (!path.startsWith('node:') || resolveDir === '') return undefined
      if (importer.startsWith(tests)) {
        if (path === 'node:fs') return { path, namespace: 'vectors' }
        const stand = STAND_INS[path]
        if (stand) return { path: stand }
      }
      missing.add(path)
      return { path, external: true }
    })
    onLoad({ filter: /.*/, namespace: 'vectors' }, async () => {
      vectors ??= vectorsAlone()
      return { contents: await vectors, loader: 'js' }
    })
    onLoad({ filter: /\.js$/ }, async ({ path }) => {
      if (!path.startsWith(tests)) return undefined
      const name = relative(tests, path)
      if (name === join('crypto', 'both-seams.js')) return { contents: ONE_SEAM }
      const code = await readFile(path, 'utf8')
      const url = JSON.stringify(`${PLACE}dist/test/${name.replaceAll('\\', '/')}`)
      const imports = GLOBALS.filter(([global]) => global.test(code)).map(([, line]) => line)
      return { contents: [...imports, code.replaceAll('import.meta.url', url)].join('\n') }
    })
  },
})

/** A file of tests as one module for browsers and Workers, or why there can be none. */
export type Bundled = { readonly code: string } | { readonly cannot: string }

/** What the module exports is `runTests`, which answers with what runTests of node-test.ts does. */
export async function bundle(file: string): Promise<Bundled> {
  const missing = new Set<string>()
  try {
    const { outputFiles } = await build({
      stdin: {
        contents: `import { runTests as run } from ${JSON.stringify(here('node-test.ts'))}
        export const runTests = () => run(() => import(${JSON.stringify(join(tests, file))}))`,
        resolveDir: here('.'),
      },
      absWorkingDir: library,
      nodePaths: [here('../node_modules')],
      write: false,
      bundle: true,
      format: 'esm',
      platform: 'browser',
      target: 'es2023',
      conditions: ['browser'],
      plugins: [standIns(missing)],
      logLevel: 'silent',
    })
    if (missing.size === 0) return { code: outputFiles[0]!.text }
  } catch (error) {
    const reasons = (error as BuildFailure).errors?.map(({ text }) => text)
    if (!reasons) throw error
    for (const text of reasons) {
      const [, name] = /No matching export in "(?:vectors:)?([^"]*)"/.exec(text) ?? []
      if (!name) throw error
      missing.add(name.replace(/^.*\/node-(.*)\.ts$/, 'node:$1'))
    }
  }
  return { cannot: needs(missing) }
}
