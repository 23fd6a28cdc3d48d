import { execFile } from 'node:child_process'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { emptyFolder } from './folders.ts'
import { npm } from './npm.ts'
import { packed } from './pack.ts'

const run = promisify(execFile)

export interface Manifest {
  readonly name: string
  readonly exports: Readonly<Record<string, string | Readonly<Record<string, string>>>>
  readonly dependencies?: Readonly<Record<string, string>>
  readonly scripts?: Readonly<Record<string, string>>
}

/** A program somewhere else, with the library installed from its tarball and from nothing else. */
export interface Project {
  readonly folder: string
  write(name: string, text: string): Promise<void>
  /** Runs a program there: what it wrote, as far as it ended well. */
  run(
    program: string,
    ...args: readonly string[]
  ): Promise<{ readonly stdout: string; readonly stderr: string }>
  /** Of a package that is installed there. */
  manifestOf(name: string): Promise<Manifest>
  /** `saslkit`, `saslkit/client` … */
  entrances(): Promise<string[]>
}

export async function project(manifest: object): Promise<Project> {
  const folder = await emptyFolder()
  const write = async (name: string, text: string) => {
    await mkdir(dirname(join(folder, name)), { recursive: true })
    await writeFile(join(folder, name), text)
  }
  const manifestOf = async (name: string): Promise<Manifest> =>
    JSON.parse(await readFile(join(folder, 'node_modules', name, 'package.json'), 'utf8'))
  await write('package.json', JSON.stringify({ name: 'somebody-else', private: true, ...manifest }))
  const { tarball } = await packed()
  await npm(folder, ['install', '--prefer-offline', '--no-audit', '--no-fund', tarball])
  return {
    folder,
    write,
    run: (program, ...args) => run(program, args, { cwd: folder, timeout: 60_000, maxBuffer: 2 ** 24 }),
    manifestOf,
    entrances: async () =>
      Object.keys((await manifestOf('saslkit')).exports)
        .filter((name) => name !== './package.json')
        .map((name) => `saslkit${name.slice(1)}`),
  }
}

let made: Promise<Project> | undefined

/** An ES module's project that tests share which change nothing of what is installed there. */
export function moduleProject(): Promise<Project> {
  made ??= project({ type: 'module' })
  return made
}
