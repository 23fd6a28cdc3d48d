/** Fuzzes. See docs/fuzzing.md. */
import './work.ts'
import { commandLine } from '../commands/command-line.ts'
import { ROWS } from './rows.ts'
import { runRows } from './run-rows.ts'

const USAGE = `npm run fuzz [-- options]

  --runs N     how many cases, of all rows together (default: 100000)
  --seed N     what cases are made of: the same seed, runs and rows make the same (default: another each time)
  --only TEXT  only the row of that name, or the rows that begin so
  --path PATH  play one case again, as a failure tells it; with --seed and --only
  --list       only the names of the rows
  --help       this`

const { values, refuse } = commandLine(USAGE, {
  options: {
    runs: { type: 'string', default: '100000' },
    seed: { type: 'string', default: String(Date.now() & 0x7fffffff) },
    only: { type: 'string', default: '' },
    path: { type: 'string' },
    list: { type: 'boolean', default: false },
  },
})

const rows = ROWS.filter(({ name }) => name === values.only || name.startsWith(values.only))
const exact = rows.filter(({ name }) => name === values.only)
const wanted = exact.length ? exact : rows
const [runs, seed] = [Number(values.runs), Number(values.seed)]

// Most runs end in an error, and where it was made is a third of its cost: a case that is played again tells.
if (values.path === undefined) Error.stackTraceLimit = 0

if (values.list) for (const { name } of wanted) console.log(name)
else if (!wanted.length) refuse(`no row begins with ${JSON.stringify(values.only)}; --list tells them`)
else if (!Number.isSafeInteger(runs) || runs < 1 || !Number.isSafeInteger(seed))
  refuse('--runs and --seed take whole numbers')
else {
  console.log(`seed ${seed}, ${runs} runs, ${wanted.length} rows, Node ${process.versions.node}`)
  const start = performance.now()
  const results = await runRows(wanted, { runs, seed, path: values.path, log: console.log })
  const failed = results.filter((result) => result.failed)
  const seconds = Math.round((performance.now() - start) / 1000)
  const made = results.reduce((sum, result) => sum + result.runs, 0)
  console.log(`${made} runs in ${seconds} s; ${failed.length} rows failed; seed ${seed}`)
  process.exitCode = failed.length ? 1 : 0
}
