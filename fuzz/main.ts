/**
 * Fuzzes: npm run fuzz -- [--runs 100000] [--seed 1] [--only "SCRAM-SHA-256"] [--path "12:0:3"] [--list]
 *
 * The same seed, runs and rows make the same cases. See docs/fuzzing.md.
 */
import './work.ts'
import { parseArgs } from 'node:util'
import { ROWS } from './rows.ts'
import { runRows } from './run-rows.ts'

const { values } = parseArgs({
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
else if (!wanted.length)
  throw new RangeError(`no row begins with ${JSON.stringify(values.only)}; --list tells them`)
else if (!Number.isSafeInteger(runs) || runs < 1 || !Number.isSafeInteger(seed))
  throw new RangeError('--runs and --seed take whole numbers')
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
