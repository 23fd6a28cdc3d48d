/** A small soak: the whole one is \`npm run soak\`, and docs/soak.md has its figures. */
import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { test } from 'node:test'
import { CLIENT_MECHANISMS } from 'saslkit'
import { FORMAT_NAMES, PROFILE_NAMES, STORE_NAMES } from '../commands/public-names.ts'
import { requireRows } from '../packages/saslkit/test/require-rows.ts'
import { CASES } from './cases.ts'
import { LEFT_OUT } from './left-out.ts'
import { problemsOf } from './problems.ts'
import { PROFILES } from './profiles.ts'
import { runSoak, type Soak } from './run-soak.ts'
import { slope } from './slope.ts'
import { soak } from './soaked.ts'
import { SOAKED_FORMATS } from './stored-formats.ts'

let small: Soak | undefined

test('what comes and goes leaves nothing behind', async () => {
  small = await runSoak({
    logins: 40_000,
    alone: 3000,
    aborts: 20_000,
    halfOpen: 1000,
    visits: 1000,
    crowd: 400,
  })
  assert.deepEqual(problemsOf(small), [])
})

test('every mechanism has its case, or a reason to have none', () => {
  requireRows(CLIENT_MECHANISMS, {
    rows: CASES.map(({ name }) => name.split(',')[0]!),
    rowsAt: 'soak/cases.ts, and to the policy in soak/accounts.ts',
    leftOut: LEFT_OUT,
    leftOutAt: 'soak/left-out.ts',
  })
})

test('every profile is spoken on connections', () => {
  requireRows(PROFILE_NAMES, { rows: Object.keys(PROFILES), rowsAt: 'soak/profiles.ts' })
})

test('every store has its case', () => {
  requireRows(STORE_NAMES, {
    rows: CASES.flatMap(({ name }) => / (\S+) store(?:,|$)/.exec(name)?.[1] ?? []),
    rowsAt: 'soak/file-stores.ts; where it is no file, to soak/cases.ts',
  })
})

test('every stored format is soaked', () => {
  const rows = small!.soaked.flatMap(({ what }) => /^alone: stored (.*)$/.exec(what)?.[1] ?? [])
  requireRows(FORMAT_NAMES, { rows, rowsAt: 'soak/stored-formats.ts' })
  assert.equal(rows.length, SOAKED_FORMATS.length)
})

test('while exchanges wait nothing hangs on their signal, and at work two listeners do', () => {
  for (const { what, held, listeners } of small!.halfOpen)
    assert.equal(listeners, what.includes('waiting') ? 0 : 2 * held, what)
})

test('a half-open exchange is small', () => {
  for (const { what, each } of small!.halfOpen) assert.ok(each > 0 && each < 6000, `${what}: ${each}`)
})

test('a slope is that of the line', () => {
  assert.equal(slope([1, 3, 5, 7]), 2)
  assert.equal(slope([5, 5, 5]), 0)
  assert.equal(slope([0, 1, 0]), 0)
})

test('what does leave something is noticed', async () => {
  const { signal } = new AbortController()
  const kept: object[] = []
  const leaking = await soak('a leak', 20_000, signal, async (from, to) => {
    for (let at = from; at < to; at++) kept.push({ at, more: [at, at, at] })
  })
  const listening = await soak('listeners', 2000, signal, async (from, to) => {
    for (let at = from; at < to; at++) {
      const held = new Array(100).fill(at)
      signal.addEventListener('abort', () => held)
    }
  })
  assert.ok(listening.listeners >= 4000)
  const problems = problemsOf({ ...small!, soaked: [leaking, listening] })
  assert.equal(problems.length, 3, problems.join('; '))
  assert.ok(kept.length > 20_000)
  const oneOfTwenty = { ...listening, listeners: 0, times: 3000, perTime: 64 }
  assert.deepEqual(problemsOf({ ...small!, soaked: [{ ...oneOfTwenty, what: 'logins' }] }), [])
  assert.equal(problemsOf({ ...small!, soaked: [{ ...oneOfTwenty, what: 'alone: PLAIN' }] }).length, 1)
})

/** In a process of its own, since the runner takes rejections for failures of the test. */
const COMPLAINING = `
  import { watch } from ${JSON.stringify(new URL('watch.ts', import.meta.url))}
  const watched = watch()
  const timer = setTimeout(() => {}, 60_000)
  Promise.reject(new Error('nobody handles it'))
  process.emitWarning('too many', 'MaxListenersExceededWarning')
  await new Promise((resolve) => setImmediate(() => setImmediate(resolve)))
  watched.stop()
  const left = watched.left()
  clearTimeout(timer)
  console.log(JSON.stringify([watched.complaints.toSorted(), left, watched.left()]))
`

test('rejections, warnings and timers are noticed', () => {
  const { stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', COMPLAINING])
  assert.deepEqual(JSON.parse(String(stdout) || String(stderr)), [
    ['MaxListenersExceededWarning: too many', 'unhandled rejection: Error: nobody handles it'],
    ['Timeout'],
    [],
  ])
})
