/** The page and its pictures say what a run has measured, and no more. */
import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { figuresOf, PARTS } from './figures.ts'
import { pagesOf, readResults } from './results.ts'
import { KINDS, type Kind } from './row.ts'
import { rows } from './rows.ts'

test('docs/timing.md and docs/timing/ are made of timing/results.json: npm run timing -- --report', async () => {
  for (const [where, text] of pagesOf(await readResults()))
    assert.ok((await readFile(where, 'utf8')) === text, `${fileURLToPath(where)} is not`)
})

test('what was measured is what there is to measure: npm run timing', async () => {
  assert.deepEqual(
    (await readResults()).figures.map(({ group, name }) => `${group}: ${name}`),
    (await rows()).flatMap(({ group, name, parts }) =>
      parts.map((part) => `${group}: ${part ? `${name}, ${part}` : name}`),
    ),
  )
})

test('figures are of the samples', () => {
  const samples = Object.fromEntries(
    KINDS.map((kind) => [kind, Array.from({ length: 101 }, (_, at) => at + (kind === 'unknown' ? 50 : 0))]),
  ) as Record<Kind, number[]>
  const { tries, median, compared, quantiles } = figuresOf({ group: 'PLAIN', name: 'a row', samples })
  assert.deepEqual([tries, median], [101, 50])
  assert.equal(compared.unknown.difference, 1)
  assert.equal(compared.right.longer, 0.5)
  assert.deepEqual(Object.keys(compared), ['known again', 'unknown', 'disabled', 'right'])
  assert.equal(quantiles.unknown.length, PARTS.length)
  assert.ok(Math.abs(quantiles.unknown.at(-1)! - 145) < 1e-9)
})
