/** A list of what is left out may hide nothing else, and may not outlive what it excuses. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { judge, type LeftOut } from './judge.ts'
import { outcomesOfJunit } from './junit.ts'
import type { FileRun } from './outcome.ts'

const RUN: FileRun = {
  file: 'a.test.js',
  outcomes: [
    { test: 'good', result: 'passed' },
    { test: 'bad', result: 'failed', message: 'boom' },
    { test: 'for later', result: 'skipped', message: 'needs openssl' },
  ],
}
const GOOD: FileRun = { file: 'b.test.js', outcomes: [{ test: 'good', result: 'passed' }] }

const lines = (list: readonly LeftOut[], ...runs: readonly FileRun[]) => {
  const { passed, failed, leftOut, stale } = judge(runs, list)
  return {
    passed,
    failed,
    leftOut: leftOut.map(({ file, tests, reason }) => [file, tests.join(), reason]),
    stale,
  }
}

test('a failure that nothing excuses is one', () => {
  assert.deepEqual(lines([], RUN, GOOD), {
    passed: 2,
    failed: ['a.test.js: bad: boom'],
    leftOut: [['a.test.js', 'for later', 'needs openssl']],
    stale: [],
  })
  assert.deepEqual(lines([{ file: 'a.test.js', tests: /^other$/, reason: 'why' }], RUN).failed, [
    'a.test.js: bad: boom',
  ])
})

test('a failure that is listed is left out, by the test or by the file', () => {
  assert.deepEqual(lines([{ file: 'a.test.js', tests: /^bad$/, reason: 'why' }], RUN), {
    passed: 1,
    failed: [],
    leftOut: [
      ['a.test.js', 'bad', 'why'],
      ['a.test.js', 'for later', 'needs openssl'],
    ],
    stale: [],
  })
  const whole = lines([{ file: 'a.test.js', reason: 'why' }], RUN)
  assert.deepEqual(whole, { passed: 0, failed: [], leftOut: [['a.test.js', '', 'why']], stale: [] })
})

test('what is listed and passes, or is not there, is stale', () => {
  assert.deepEqual(lines([{ file: 'b.test.js', reason: 'why' }], GOOD).stale, ['b.test.js: it passes'])
  assert.deepEqual(lines([{ file: 'b.test.js', tests: /good/, reason: 'why' }], GOOD).stale, [
    'b.test.js /good/: none of them fails',
  ])
  assert.deepEqual(lines([{ file: 'c.test.js', reason: 'why' }], GOOD).stale, [
    'c.test.js: there is no such file',
  ])
})

test('a file that does not load, does not end, or has no tests, has failed', () => {
  assert.deepEqual(lines([], { file: 'a.test.js', outcomes: [], problem: 'no such module' }).failed, [
    'a.test.js: no such module',
  ])
  assert.deepEqual(lines([], { file: 'a.test.js', outcomes: [] }).failed, ['a.test.js: it has no tests'])
  const late: FileRun = { ...RUN, problem: 'it did not end' }
  assert.equal(lines([{ file: 'a.test.js', tests: /^bad$/, reason: 'why' }], late).failed.length, 1)
  assert.equal(lines([{ file: 'a.test.js', reason: 'why' }], late).failed.length, 0)
})

test('what cannot be tried is left out with what it needs, and is on no list', () => {
  const cannot: FileRun = { file: 'a.test.js', outcomes: [], cannot: 'needs node:net' }
  assert.deepEqual(lines([], cannot).leftOut, [['a.test.js', '', 'needs node:net']])
  assert.equal(lines([{ file: 'a.test.js', reason: 'why' }], cannot).stale.length, 1)
})

test('JUnit’s XML is read as Node, Bun and Deno write it', () => {
  const node = `<testsuites>
    <testcase name="a > &amp;quot;b&amp;quot; &amp; &lt;c>" time="0.01" classname="test"/>
    <testcase name="later" time="0" classname="test"><skipped type="skipped" message="why"/></testcase>
    <testsuite name="of" tests="1"><testcase name="bad" failure="x"><failure type="t" message="x">
      <![CDATA[x]]></failure></testcase></testsuite></testsuites>`
  assert.deepEqual(outcomesOfJunit(node), [
    { test: 'a > "b" & <c>', result: 'passed' },
    { test: 'later', result: 'skipped', message: 'why' },
    { test: 'bad', result: 'failed', message: 'x' },
  ])
  const deno = `<testcase name="d" classname="f"><failure message="1 test step failed">.</failure></testcase>
    <testcase name="d &gt; in" classname="f">\n</testcase>
    <testcase name="d &gt; bad" classname="f"><failure message="one&#10;two">.</failure></testcase>`
  assert.deepEqual(outcomesOfJunit(deno), [
    { test: 'd > in', result: 'passed' },
    { test: 'd > bad', result: 'failed', message: 'one\ntwo' },
  ])
  const bun = `<testcase name="later" classname="" assertions="0"><skipped /></testcase>`
  assert.deepEqual(outcomesOfJunit(bun), [{ test: 'later', result: 'skipped', message: undefined }])
})
