/** Every command of package.json says how it is used, and refuses what it does not know without a stack trace. */
import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'

const root = join(import.meta.dirname, '..')
const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
  scripts: Record<string, string>
}

const run = (file: string, argument: string) =>
  spawnSync(process.execPath, [join(root, file), argument], { encoding: 'utf8', timeout: 60_000 })

for (const [name, command] of Object.entries(scripts)) {
  const file = /(?:^|&& )node ((?!--)\S+\.ts)$/.exec(command)?.[1]
  if (!file || name === 'build') continue
  test(`npm run ${name} -- --help`, () => {
    const { status, stdout, stderr } = run(file, '--help')
    assert.deepEqual([status, stderr], [0, ''])
    assert.ok(stdout.startsWith(name === 'start' ? 'npm start' : `npm run ${name}`), stdout)
  })
  test(`npm run ${name} -- --nonsense`, () => {
    const { status, stdout, stderr } = run(file, '--nonsense')
    assert.deepEqual([status, stdout], [2, ''])
    assert.match(stderr, /nonsense.*\n\nnpm (?:run )?/s)
    assert.doesNotMatch(stderr, /\n {4}at /)
  })
}
