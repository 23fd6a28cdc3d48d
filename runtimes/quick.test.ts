/** A part of what `npm run runtimes` does, in every test run: on each runtime but this one, what carries a login. */
import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from 'node:test'
import { whyMissing } from '../packaging/installed.ts'
import { between, DOCUMENTS } from './matrix.ts'
import { root, testFiles } from './paths.ts'
import { readResults } from './results.ts'
import { RUNTIMES } from './runtimes.ts'
import { tryRuntime } from './try-runtime.ts'

/** No derivations of many rounds, and not every code point there is. */
const QUICK =
  /^(exchange|profiles)\/|^negotiation\/(client|server|no-mechanism)\.test|^(octets|import|awaitable)\.test|^octets\/|^attacks\/(plain|scram-server-first|oauth)|^mechanisms\/.*-vectors|^crypto\/(sha256|hmac-md5-state|slots)|^strings\/prepare|^node\/(lines-of|der|tls-session|refusal-delay)\.test/

const missing = await whyMissing('runtimes')

for (const runtime of RUNTIMES.filter(({ id }) => id !== 'node-24'))
  test(`${runtime.name}: what carries a login`, { skip: missing ?? false }, async (t) => {
    try {
      await runtime.version()
    } catch (error) {
      const reason = `NOT TESTED: ${runtime.name}: ${(error as Error).message}`
      if (process.env.CI) throw new Error(reason)
      console.error(reason)
      t.skip(reason)
      return
    }
    const files = (await testFiles()).filter((file) => QUICK.test(file))
    assert.ok(files.length > 20)
    const { passed, failed, stale } = await tryRuntime(runtime, files)
    assert.deepEqual({ failed, stale }, { failed: [], stale: [] })
    assert.ok(passed > 300, `only ${passed} tests`)
  })

test('every runtime was asked, and no test failed on any: npm run runtimes', async () => {
  const results = await readResults()
  assert.deepEqual(
    Object.entries(results).map(([name, { failed }]) => [name, failed]),
    RUNTIMES.map(({ name }) => [name, 0]),
  )
  const present = (await testFiles()).length
  for (const [name, { passed, files }] of Object.entries(results)) {
    assert.ok(passed > 1000, name)
    assert.ok(files >= 0.9 * present, `${name} was asked ${files} of ${present} files: npm run runtimes`)
  }
})

test('the documents say what was found', async () => {
  const results = await readResults()
  for (const [name, made] of Object.entries(DOCUMENTS)) {
    const document = await readFile(join(root, name), 'utf8')
    assert.equal(between(document, made(results)), document, `${name}: npm run runtimes`)
  }
})
