/** Each promise of SECURITY.md names the tests that prove it, and they are there (docs/links.test.ts) and test something. */
import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { test } from 'node:test'

const root = new URL('../', import.meta.url)
const text = await readFile(new URL('SECURITY.md', root), 'utf8')

/** The parts of a list, each from its mark to the next. */
function itemsOf(from: string, to: string, mark: RegExp): string[] {
  const part = text.slice(text.indexOf(from), text.indexOf(to))
  return part.split(mark).slice(1)
}

const proofsIn = (item: string): string[] =>
  [...item.matchAll(/\]\(((?:packages|packaging|interop|docs|fuzz)\/[^)#]+\.test\.ts)\)/g)].map(
    ([, path = '']) => path,
  )

const promises = itemsOf('**What is promised**', '**What is not promised.**', /^\d+\. /m)
const supplyChain = itemsOf('## Supply chain', '\0', /^\* /m)

test('there are promises', () => {
  assert.ok(promises.length >= 11)
  assert.ok(supplyChain.length >= 3)
})

for (const [at, promise] of [...promises, ...supplyChain].entries())
  test(`promise ${at + 1} is proved: ${promise.slice(0, 60).replaceAll('\n', ' ')} …`, () => {
    assert.notDeepEqual(proofsIn(promise), [])
  })

for (const path of new Set(proofsIn(text)))
  test(`${path} is there, and tests something`, async () => {
    const source = await readFile(new URL(path, root), 'utf8')
    // Some run a suite that another module registers.
    assert.match(source, /\btest\b|await import/)
  })
