import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as node from '../../src/octets/node.js'
import * as web from '../../src/octets/web.js'
import { base64, type Octets, text, utf8 } from '../../src/octets.js'

const octets = (length: number): Octets => new Uint8Array(length).map((_, i) => (i * 31 + length) & 255)

let drafts = 0

for (const [seam, { draft }] of [
  ['Node', node],
  ['the web', web],
] as const) {
  test(`on ${seam}: a draft is its parts, whatever their lengths`, () => {
    for (const length of [0, 1, 2, 3, 20, 63, 64, 65, 1000, 8191, 8192, 8193, 40_000]) {
      const part = octets(length)
      const message = draft()
        .text('a')
        .octets(part)
        .text('é,')
        .base64(part)
        .octets(part, 0, length >> 1)
        .octets(part, length >> 1)
        .take()
      const expected = [...utf8('a'), ...part, ...utf8(`é,${base64(part)}`), ...part]
      assert.deepEqual([...message], expected, `${length}`)
    }
  })

  test(`on ${seam}: what was taken stays, whatever is drafted after it`, () => {
    const taken = Array.from({ length: 300 }, (_, i) => draft().text(`${i} `.padEnd(i, '.')).take())
    for (const [i, message] of taken.entries()) assert.equal(text(message), `${i} `.padEnd(i, '.'))
  })

  test(`on ${seam}: octets of one message are not those of another`, () => {
    const one = draft().text('x'.repeat(100)).take()
    const other = draft().text('y'.repeat(100)).take()
    one.fill(0)
    assert.equal(text(other), 'y'.repeat(100))
    other.fill(0)
    assert.equal(text(draft().text('z'.repeat(100)).take()), 'z'.repeat(100))
  })

  test(`on ${seam}: a draft that was given up leaves nothing in the next`, () => {
    draft().text('left')
    assert.throws(() => draft().text('half').text('lone \ud800'), TypeError)
    assert.equal(text(draft().text('whole').take()), 'whole')
  })
}

test('a draft that outgrows the buffer, or stands behind what was lent, is as long as its parts', async () => {
  // With a buffer that no other test has made larger, where modules can be loaded anew.
  const fresh = new URL(`../../src/octets/draft.js?fresh=${drafts++}`, import.meta.url).href
  const { draft }: typeof import('../../src/octets/draft.js') = await import(fresh).catch(
    () => import('../../src/octets/draft.js'),
  )
  for (const length of [9000, 20_000]) {
    const long = draft().octets(octets(length)).take()
    assert.deepEqual([long.length, long[length - 1]], [length, octets(length)[length - 1]])
  }
  const lent = draft().text('lent').lend()
  const taken = draft().text('taken').take()
  assert.deepEqual([text(lent), text(taken)], ['lent', 'taken'])
})
