import { cp, mkdir, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { emptyFolder, root } from './folders.ts'
import { npm } from './npm.ts'

export interface Packed {
  readonly tarball: string
  /** Paths in it. */
  readonly files: readonly string[]
}

/**
 * What `npm publish` would send, made in `folder` of a copy of the repository's sources: a build in the tree would be in
 * the way of others, and a file that it left behind must not come along.
 */
export async function pack(
  folder: string,
  environment: Readonly<Record<string, string>> = {},
): Promise<Packed> {
  const copy = join(folder, 'repository')
  const library = 'packages/saslkit'
  await mkdir(join(copy, library, 'dist/src'), { recursive: true })
  for (const name of ['package.json', 'tsconfig.base.json', 'README.md', 'LICENSE'])
    await cp(join(root, name), join(copy, name))
  for (const name of ['package.json', 'tsconfig.json', 'src', 'tools'])
    await cp(join(root, library, name), join(copy, library, name), { recursive: true })
  await symlink(join(root, 'node_modules'), join(copy, 'node_modules'))
  await writeFile(join(copy, library, 'dist/src/left-behind.js'), '')
  const { stdout } = await npm(
    join(copy, library),
    ['pack', '--json', '--pack-destination', folder],
    environment,
  )
  const [{ filename, files }] = JSON.parse(stdout.slice(stdout.indexOf('['))) as [
    { filename: string; files: { path: string }[] },
  ]
  return { tarball: join(folder, filename), files: files.map(({ path }) => path) }
}

let made: Promise<Packed> | undefined

/** The same for all tests of one process, which takes the compiler's time once. */
export function packed(): Promise<Packed> {
  made ??= emptyFolder().then((folder) => pack(folder))
  return made
}
