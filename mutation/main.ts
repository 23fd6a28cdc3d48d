/** Mutation testing. See docs/mutation.md. */
import { readFileSync, rmSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import { commandLine } from '../commands/command-line.ts'
import { type Mutant, type MutatedFile, mutate } from './mutate.ts'
import { writeReport } from './report.ts'
import { digestOf, isSame, readResults, writeResults } from './results.ts'
import { filesInRooms } from './rooms.ts'
import { compile, takeSnapshot } from './snapshot.ts'
import { type Fate, tryMutants } from './trial/try-mutants.ts'

const USAGE = `npm run mutation [-- options] [paths below packages/saslkit/src]

At HEAD: files that have changed since they were tried, and of all others the survivors.

  --all           everything anew
  --working-tree  what lies there, committed or not; for work on tests
  --tests=a,b     only test files whose path below packages/saslkit/test begins so; for work on tests
  --at-once=N     test files at once (default: as many as there are processors)
  --report        only write the page and the line in the README again
  --help          this`

const { values, positionals } = commandLine(USAGE, {
  allowPositionals: true,
  options: {
    all: { type: 'boolean', default: false },
    'working-tree': { type: 'boolean', default: false },
    tests: { type: 'string', default: '' },
    'at-once': { type: 'string', default: String(availableParallelism()) },
    report: { type: 'boolean', default: false },
  },
})

if (!values.report) await run()
writeReport()

async function run(): Promise<void> {
  const snapshot = takeSnapshot({ workingTree: values['working-tree'] })
  process.on('exit', () => rmSync(snapshot.folder, { recursive: true, force: true }))
  const inRooms = filesInRooms(snapshot.src)
  const chosen = inRooms.filter(
    (file) => positionals.length === 0 || positionals.some((path) => file.startsWith(path)),
  )
  const sources = new Map(chosen.map((file) => [file, readFileSync(join(snapshot.src, file), 'utf8')]))
  const before = readResults()

  const files = (await mutate(sources)).map((file) => ({ ...file, untried: untried(file) }))
  const swapped = join(snapshot.folder, 'mutants/')
  for (const { file, instrumented } of files) compile(instrumented, join(swapped, file))
  const ids = new Set(files.flatMap(({ untried }) => untried.map(({ id }) => id)))
  const tests = values.tests ? values.tests.split(',') : []
  const fates = await tryMutants(snapshot, swapped, files, ids, {
    tests,
    known: before.seconds,
    atOnce: Number(values['at-once']),
  })

  // Read again: another run may have written meanwhile.
  const results = { files: readResults().files, seconds: before.seconds }
  for (const file of results.files.keys()) if (!inRooms.includes(file)) results.files.delete(file)
  for (const { file, source, mutants, letAlone, untried } of files) {
    const survivors = untried.filter(({ id }) => survives(fates.get(id)!))
    const earlier = untried.length < mutants.length ? before.files.get(file)!.endless : 0
    results.files.set(file, {
      digest: digestOf(source),
      commit: snapshot.commit ?? null,
      mutants: mutants.length,
      endless: earlier + untried.filter(({ id }) => fates.get(id) === 'endless').length,
      letAlone,
      survivors: survivors.map(({ id, ...mutant }) => ({
        ...mutant,
        code: source.split('\n')[mutant.line - 1]!.trim(),
        reached: fates.get(id) === 'survived' || wasReached(file, mutant),
      })),
    })
  }
  writeResults(results)

  /** Of before: this run may have asked fewer tests. */
  function wasReached(file: string, mutant: Omit<Mutant, 'id'>): boolean {
    return before.files.get(file)?.survivors.some((each) => each.reached && isSame(each, mutant)) ?? false
  }

  function untried({ file, source, mutants }: MutatedFile): readonly Mutant[] {
    const known = before.files.get(file)
    if (values.all || known?.digest !== digestOf(source)) return mutants
    return mutants.filter((mutant) => known.survivors.some((survivor) => isSame(survivor, mutant)))
  }
}

function survives(fate: Fate): boolean {
  return fate === 'survived' || fate === 'unreached'
}
