/**
 * Joins the modules for Node, where each costs about a millisecond to load (docs/decisions/0015-joined-for-node.md). What
 * the package says under "exports" and the condition "node" is made here.
 */
import { readFileSync, rmSync } from 'node:fs'
import { join, relative } from 'node:path'
import { type ManualChunkMeta, type Plugin, rollup } from 'rollup'

const root = join(import.meta.dirname, '..')
const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
  readonly exports: Readonly<Record<string, string | { readonly node: string; readonly default: string }>>
  readonly imports: Readonly<Record<string, { readonly node: string }>>
}
const outdir = join(root, 'dist/node')

const entrances = Object.values(manifest.exports)
  .filter((target) => typeof target === 'object')
  .map(({ node, default: source }) => [
    relative(outdir, join(root, node)).replace(/\.js$/, ''),
    join(root, source),
  ])

/** The package's own "imports", as Node takes them. */
const seams: Plugin = {
  name: 'seams',
  resolveId: (id) => (manifest.imports[id] ? join(root, manifest.imports[id].node) : null),
}

rmSync(outdir, { recursive: true, force: true })
const bundle = await rollup({
  input: Object.fromEntries(entrances),
  // What others make stays theirs.
  external: (id) => !/^[./#]/.test(id),
  plugins: [seams],
  treeshake: { moduleSideEffects: false },
  onLog(_, { message }) {
    throw new Error(message)
  },
})

/** All that is loaded along with this module. */
function loadedWith(id: string, modules: ManualChunkMeta, found = new Set<string>()): Set<string> {
  if (!found.has(id)) {
    found.add(id)
    for (const next of modules.getModuleInfo(id)?.importedIds ?? []) loadedWith(next, modules, found)
  }
  return found
}

let core: Set<string> | undefined

await bundle.write({
  dir: outdir,
  format: 'es',
  chunkFileNames: 'parts/[name].js',
  // What a client needs at once is one file, and nothing but that.
  manualChunks(id, modules) {
    core ??= loadedWith(join(root, 'dist/src/client.js'), modules)
    return core.has(id) ? 'core' : undefined
  },
})
await bundle.close()
