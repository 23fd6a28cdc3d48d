import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { test } from 'node:test'

/** In a process of its own, since it listens to what is thrown outside. */
function passes(body: string): string {
  const script = `
    import { passes } from ${JSON.stringify(new URL('run-case.ts', import.meta.url).href)}
    console.log(await passes({ run: async () => { ${body} } }))`
  return execFileSync(process.execPath, ['--input-type=module', '-e', script], { encoding: 'utf8' }).trim()
}

test('a case passes that ends, now or later', () => {
  assert.equal(passes(''), 'true')
  assert.equal(passes('await new Promise((resolve) => setTimeout(resolve, 5))'), 'true')
})

test('a case fails that throws, inside or outside, or waits for what never comes', () => {
  assert.equal(passes('throw new Error()'), 'false')
  assert.equal(passes('Promise.reject(new Error())'), 'false')
  assert.equal(passes('queueMicrotask(() => { throw new Error() })'), 'false')
  assert.equal(passes('await new Promise(() => {})'), 'false')
})
