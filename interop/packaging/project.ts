import { execFile } from 'node:child_process'
import { mkdir, symlink, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { npm } from './pack.ts'

const run = promisify(execFile)
const tools = fileURLToPath(new URL('../../node_modules/', import.meta.url))

/** A program somewhere else, with the library installed from its tarball and from nothing else. */
export interface Project {
  readonly folder: string
  write(name: string, text: string): Promise<void>
  node(name: string): Promise<{ readonly stdout: string; readonly stderr: string }>
  /** What the compiler has to say. */
  compile(options: object, files: readonly string[]): Promise<string>
}

/** `types`: packages of types to be found there, from this repository's own. */
export async function project(
  folder: string,
  tarball: string,
  manifest: object,
  types: readonly string[] = [],
): Promise<Project> {
  await mkdir(folder, { recursive: true })
  const write = (name: string, text: string) => writeFile(join(folder, name), text)
  await write('package.json', JSON.stringify({ name: 'somebody-else', private: true, ...manifest }))
  await npm(folder, ['install', '--prefer-offline', '--no-audit', '--no-fund', tarball])
  for (const name of types) {
    const target = join(folder, 'node_modules', name)
    await mkdir(dirname(target), { recursive: true })
    await symlink(join(tools, name), target)
  }
  return {
    folder,
    write,
    node: (name) => run(process.execPath, [join(folder, name)], { cwd: folder }),
    async compile(compilerOptions, files) {
      await write(
        'tsconfig.json',
        JSON.stringify({ compilerOptions: { noEmit: true, ...compilerOptions }, files }),
      )
      const tsc = [join(tools, 'typescript/bin/tsc'), '-p', folder]
      return run(process.execPath, tsc, { cwd: folder }).then(
        () => '',
        ({ stdout }: { stdout: string }) => stdout,
      )
    },
  }
}
