/** Runs the tests and writes what they have shown to docs/interop.md. */
import { spawnSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { commandLine } from '../commands/command-line.ts'
import { interopPage } from './interop-page.ts'
import { temporaryFolder } from './peers/temporary-folder.ts'
import { RESULTS_FILE, type Result } from './results.ts'

commandLine(
  `npm run interop:record

Runs the tests against real peers, and writes docs/interop.md. SASLKIT_DIFFERENTIAL_RUNS says how many random logins a
row is to have (default: 2000).`,
  { options: {} },
)

const root = join(import.meta.dirname, '..')
const file = join(temporaryFolder(), 'results.jsonl')
const { status } = spawnSync(process.execPath, ['--test', '--test-concurrency=1', 'interop/**/*.test.ts'], {
  cwd: root,
  stdio: 'inherit',
  // The page is to tell of thousands of random logins; a test run makes hundreds.
  env: { SASLKIT_DIFFERENTIAL_RUNS: '2000', ...process.env, [RESULTS_FILE]: file },
})
if (status !== 0) throw new Error('a test failed; docs/interop.md stays as it is')

const results = readFileSync(file, 'utf8')
  .split('\n')
  .filter(Boolean)
  .map((line): Result => JSON.parse(line))
writeFileSync(join(root, 'docs/interop.md'), interopPage(results))
