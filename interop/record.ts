/** Runs the tests, and writes down what they have shown: interop/results.json, and docs/interop.md of it. */
import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { commandLine } from '../commands/command-line.ts'
import { temporaryFolder } from './peers/temporary-folder.ts'
import { writePage, writeRecorded } from './recorded.ts'
import { RESULTS_FILE, type Result } from './results.ts'

const { values } = commandLine(
  `npm run interop:record [-- options]

Runs the tests against real peers, and writes what passed to interop/results.json, and docs/interop.md of it.
SASLKIT_DIFFERENTIAL_RUNS says how many random logins a row is to have (default: 2000).

  --report  only write docs/interop.md again, of what was recorded before
  --help    this`,
  { options: { report: { type: 'boolean', default: false } } },
)

async function recordAll(): Promise<void> {
  const root = join(import.meta.dirname, '..')
  const file = join(temporaryFolder(), 'results.jsonl')
  const { status } = spawnSync(process.execPath, ['--test', '--test-concurrency=1', 'interop/**/*.test.ts'], {
    cwd: root,
    stdio: 'inherit',
    // The page is to tell of thousands of random logins; a test run makes hundreds.
    env: { SASLKIT_DIFFERENTIAL_RUNS: '2000', ...process.env, [RESULTS_FILE]: file },
  })
  if (status !== 0) throw new Error('a test failed; what was recorded before stays as it is')

  const results = readFileSync(file, 'utf8')
    .split('\n')
    .filter(Boolean)
    .map((line): Result => JSON.parse(line))
  await writeRecorded(results)
}

if (!values.report) await recordAll()
await writePage()
