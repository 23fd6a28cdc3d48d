import { execFile } from 'node:child_process'
import { cp, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { delimiter, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'

const run = promisify(execFile)
const root = fileURLToPath(new URL('../../', import.meta.url))

export interface Packed {
  readonly tarball: string
  /** Paths in it. */
  readonly files: readonly string[]
}

/**
 * What `npm publish` would send, made of a copy of the repository's sources: a build in the tree would be in the way of
 * others, and a file that it left behind must not come along.
 */
export async function pack(folder: string): Promise<Packed> {
  const copy = join(folder, 'repository')
  const library = 'packages/saslkit'
  await mkdir(join(copy, library, 'dist/src'), { recursive: true })
  for (const name of ['package.json', 'tsconfig.base.json', 'README.md', 'LICENSE'])
    await cp(join(root, name), join(copy, name))
  for (const name of ['package.json', 'tsconfig.json', 'src'])
    await cp(join(root, library, name), join(copy, library, name), { recursive: true })
  await symlink(join(root, 'node_modules'), join(copy, 'node_modules'))
  await writeFile(join(copy, library, 'dist/src/left-behind.js'), '')
  const { stdout } = await npm(join(copy, library), ['pack', '--json', '--pack-destination', folder])
  const [{ filename, files }] = JSON.parse(stdout.slice(stdout.indexOf('['))) as [
    { filename: string; files: { path: string }[] },
  ]
  return { tarball: join(folder, filename), files: files.map(({ path }) => path) }
}

/** npm as it is called by hand: without what the npm that runs the tests has put into the environment. */
export function npm(cwd: string, args: readonly string[]): Promise<{ stdout: string; stderr: string }> {
  const kept = Object.entries(process.env).filter(
    ([name]) => !/^npm_/i.test(name) || /^npm_config_(cache|registry|userconfig)$/i.test(name),
  )
  const path = [dirname(process.execPath), process.env.PATH].join(delimiter)
  return run('npm', args, { cwd, env: { ...Object.fromEntries(kept), PATH: path }, maxBuffer: 2 ** 24 })
}

export const temporaryFolder = (): Promise<string> => mkdtemp(join(tmpdir(), 'saslkit-packaging-'))
export const remove = (folder: string): Promise<void> => rm(folder, { recursive: true, force: true })
