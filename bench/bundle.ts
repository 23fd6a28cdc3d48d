/** What a browser downloads, bundled by esbuild with code splitting. */
import { gzipSync } from 'node:zlib'
import { peerVersion, requirePeer } from './peers.ts'
import { type Section, table } from './section.ts'

/** The little of esbuild's interface that is used here. */
interface Esbuild {
  build(options: object): Promise<{
    readonly outputFiles: readonly { readonly path: string; readonly contents: Uint8Array }[]
    readonly metafile: { readonly outputs: Readonly<Record<string, Output>> }
  }>
}
interface Output {
  readonly entryPoint?: string
  readonly inputs: Readonly<Record<string, { readonly bytesInOutput: number }>>
  readonly imports: readonly { readonly path: string; readonly kind: string }[]
}

/** A file of the bundle: what came into it, and its size. */
interface Chunk {
  readonly inputs: readonly string[]
  readonly minified: number
  readonly gzipped: number
}

interface Bundle {
  /** What is loaded at once. */
  readonly start: readonly Chunk[]
  /** What is loaded when it is needed. */
  readonly later: readonly Chunk[]
}

async function bundle(names: string): Promise<Bundle> {
  const { build } = requirePeer('esbuild') as Esbuild
  const { outputFiles, metafile } = await build({
    stdin: { contents: `export { ${names} } from 'saslkit/client'`, resolveDir: import.meta.dirname },
    absWorkingDir: import.meta.dirname,
    outdir: 'out',
    bundle: true,
    format: 'esm',
    splitting: true,
    minify: true,
    write: false,
    metafile: true,
    platform: 'browser',
    target: 'es2022',
  })
  const chunks = new Map<string, Chunk>()
  for (const [path, { inputs }] of Object.entries(metafile.outputs)) {
    const { contents } = outputFiles.find((file) => file.path.endsWith(path))!
    chunks.set(path, {
      inputs: Object.keys(inputs).filter((input) => inputs[input]!.bytesInOutput > 0),
      minified: contents.length,
      gzipped: gzipSync(contents, { level: 9 }).length,
    })
  }
  const start = new Set<string>()
  const follow = (path: string): void => {
    if (start.has(path)) return
    start.add(path)
    for (const { path: next, kind } of metafile.outputs[path]!.imports)
      if (kind === 'import-statement') follow(next)
  }
  follow(Object.keys(metafile.outputs).find((path) => metafile.outputs[path]!.entryPoint === '<stdin>')!)
  return {
    start: [...start].map((path) => chunks.get(path)!),
    later: [...chunks].filter(([path]) => !start.has(path)).map(([, chunk]) => chunk),
  }
}

const sum = (chunks: readonly Chunk[], what: 'minified' | 'gzipped'): number =>
  chunks.reduce((total, chunk) => total + chunk[what], 0)

const holds = (chunks: readonly Chunk[], part: string): boolean =>
  chunks.some(({ inputs }) => inputs.some((input) => input.includes(part)))

const BUNDLES = [
  ['PLAIN', 'plainClient, ClientExchange, SaslError'],
  ['PLAIN and SCRAM-SHA-256', 'plainClient, scramClient, ClientExchange, SaslError'],
  ['all of saslkit/client, which chooses', 'saslClient'],
] as const

/** What comes later, by a file that is only there. */
const LATER = [
  ['SASLprep with its tables', 'strings/saslprep-table'],
  ['PRECIS with its tables', 'strings/precis-table'],
  ['MD5, SHA-1, SHA-224, SHA-384, SHA-512, SHA3-512', '@noble/hashes'],
] as const

export async function bundles(): Promise<Section> {
  const made: Bundle[] = []
  for (const [, names] of BUNDLES) made.push(await bundle(names))
  const [plain, scram] = made as [Bundle, Bundle, Bundle]
  const octets = sum(scram.start, 'gzipped')
  const unwanted = ['@noble/hashes', 'sha256', 'md5', '-table'].filter((part) => holds(plain.start, part))
  const later = (part: string, what: 'minified' | 'gzipped') =>
    sum(
      scram.later.filter((chunk) => holds([chunk], part)),
      what,
    )
  return {
    title: `Browser bundles (esbuild ${peerVersion('esbuild')})`,
    lines: [
      ...table(
        ['loaded at once', 'files', 'minified', 'gzipped'],
        BUNDLES.map(([title], i) => [
          title,
          String(made[i]!.start.length),
          String(sum(made[i]!.start, 'minified')),
          String(sum(made[i]!.start, 'gzipped')),
        ]),
      ),
      '',
      ...table(
        ['loaded when needed', 'minified', 'gzipped'],
        LATER.map(([title, part]) => [
          title,
          String(later(part, 'minified')),
          String(later(part, 'gzipped')),
        ]),
      ),
    ],
    targets: [
      {
        name: "a browser's PLAIN and SCRAM-SHA-256, gzipped, without the tables of SASLprep",
        asked: 'core',
        wanted: ['under', 6000],
        unit: 'octets',
        value: octets,
        digits: 0,
      },
      {
        name: 'SASLprep with its tables, gzipped, loaded for a name or password beyond ASCII',
        asked: 'core',
        unit: 'octets',
        value: later(LATER[0][1], 'gzipped'),
        digits: 0,
      },
      {
        name: "parts of a browser's PLAIN alone that are a hash, MD5 or tables",
        asked: 'core',
        wanted: ['at most', 0],
        value: unwanted.length,
        digits: 0,
        note: unwanted.join(', ') || undefined,
      },
    ],
  }
}
