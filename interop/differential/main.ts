/**
 * Compares our halves with those of others, login by login, and our SASLprep with theirs, text by text. See
 * docs/interop.md for what was found.
 */
import { commandLine } from '../../commands/command-line.ts'
import { recordDifferences } from './record-differences.ts'
import { ALL_ROWS } from './results-of-row.ts'
import { runRows, staleExplanations } from './run-rows.ts'

const USAGE = `npm run differential [-- options]

  --runs N     how many cases of each row (default: 5000)
  --seed N     what cases are made of: the same seed makes the same (default: another each time)
  --only TEXT  only the row of that name, or the rows that begin so
  --case N     only that case, as a difference tells it; with --seed and --only
  --list       only the names of the rows
  --help       this`

const { values, refuse } = commandLine(USAGE, {
  options: {
    runs: { type: 'string', default: '5000' },
    seed: { type: 'string', default: String(Date.now() & 0x7fffffff) },
    only: { type: 'string', default: '' },
    case: { type: 'string' },
    list: { type: 'boolean', default: false },
  },
})

const beginning = ALL_ROWS.filter(({ name }) => name.startsWith(values.only))
const exact = beginning.filter(({ name }) => name === values.only)
const rows = exact.length ? exact : beginning
const [runs, seed, from] = [
  values.case === undefined ? Number(values.runs) : 1,
  Number(values.seed),
  Number(values.case ?? 0),
]

if (values.list) for (const { name } of rows) console.log(name)
else if (!rows.length) refuse(`no row begins with ${JSON.stringify(values.only)}; --list tells them`)
else if (![runs, seed, from].every((each) => Number.isSafeInteger(each) && each >= 0) || runs < 1)
  refuse('--runs, --seed and --case take whole numbers')
else {
  console.log(`seed ${seed}, ${runs} cases a row, ${rows.length} rows`)
  for (const { name, skip } of rows) if (skip) console.error(`*** SKIPPED: ${name}: ${skip} ***`)
  const results = await runRows(rows, { runs, seed, from }, (done, seconds) => {
    for (const { row, role, compared, equal, accepted, explained, unexplained } of done) {
      const why = [...explained].map(([id, times]) => `${id} ${times}`).join(', ')
      console.log(
        `${row.name}${role ? `, our ${role}` : ''}: ${compared} compared, ${accepted} accepted there, ${equal} equal, ${unexplained.length} unexplained${why && ` (${why})`}, ${seconds.toFixed(1)} s`,
      )
      for (const one of unexplained.slice(0, 5)) console.log(one)
    }
  })
  recordDifferences(results)
  const unexplained = results.reduce((sum, each) => sum + each.unexplained.length, 0)
  const compared = results.reduce((sum, each) => sum + each.compared, 0)
  // Rare ones need many cases to show.
  const all = rows.length === ALL_ROWS.length && rows.every(({ skip }) => !skip) && runs >= 1000
  const stale = all ? staleExplanations(results) : []
  for (const id of stale) console.log(`the explanation "${id}" explained nothing: it is stale`)
  console.log(`${compared} comparisons, ${unexplained} unexplained; seed ${seed}`)
  process.exitCode = unexplained || stale.length ? 1 : 0
}
