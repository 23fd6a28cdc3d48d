import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as node from '../../src/octets/node.js'
import * as web from '../../src/octets/web.js'

const MARK = '\ufeff'

for (const [seam, { text, utf8 }] of [
  ['Node', node],
  ['the web', web],
] as const)
  test(`on ${seam}: a byte order mark is a character as any other`, () => {
    for (const characters of [MARK, `${MARK}tim`, `${MARK}${'x'.repeat(40)}`, `${MARK}${'x'.repeat(100)}`])
      assert.equal(text(utf8(characters)), characters)
  })
