import { gzipSync } from 'node:zlib'
import { build } from 'esbuild'

/** A file of a bundle. */
export interface Chunk {
  /** The modules of which something came into it. */
  readonly inputs: readonly string[]
  /** Octets. */
  readonly gzipped: number
  /** What it imports from outside the bundle. */
  readonly external: readonly string[]
}

/** What a browser downloads. */
export interface Bundle {
  /** Loaded before the program begins. */
  readonly start: readonly Chunk[]
  /** Loaded when it is needed. */
  readonly later: readonly Chunk[]
  readonly warnings: readonly string[]
}

/** Bundles `code` for browsers, by esbuild, minified, with what it imports as installed in `folder`; split, or as one file. */
export async function bundle(
  folder: string,
  code: string,
  how: 'split' | 'one file' = 'split',
): Promise<Bundle> {
  const { outputFiles, metafile, warnings } = await build({
    stdin: { contents: code, resolveDir: folder },
    absWorkingDir: folder,
    outdir: 'out',
    write: false,
    bundle: true,
    format: 'esm',
    splitting: how === 'split',
    minify: true,
    metafile: true,
    platform: 'browser',
    target: 'es2022',
    logLevel: 'silent',
  })
  const chunkOf = (path: string): Chunk => {
    const { inputs, imports } = metafile.outputs[path]!
    return {
      inputs: Object.keys(inputs).filter((input) => inputs[input]!.bytesInOutput > 0),
      gzipped: gzipSync(outputFiles.find((file) => file.path.endsWith(path))!.contents, { level: 9 }).length,
      external: imports.filter(({ external }) => external).map((imported) => imported.path),
    }
  }
  // esbuild also writes what nothing that is left would load: it is never downloaded.
  const follow = (path: string, seen: Set<string>, kinds: readonly string[]): Set<string> => {
    if (seen.has(path)) return seen
    seen.add(path)
    for (const { path: next, kind, external } of metafile.outputs[path]!.imports)
      if (kinds.includes(kind) && !external) follow(next, seen, kinds)
    return seen
  }
  const entry = Object.keys(metafile.outputs).find(
    (path) => metafile.outputs[path]!.entryPoint === '<stdin>',
  )!
  const start = follow(entry, new Set(), ['import-statement'])
  const all = follow(entry, new Set(), ['import-statement', 'dynamic-import'])
  return {
    start: [...start].map(chunkOf),
    later: [...all].filter((path) => !start.has(path)).map(chunkOf),
    warnings: warnings.map(({ text }) => text),
  }
}
