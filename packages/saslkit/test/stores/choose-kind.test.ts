/** Lots of which each is sure to be drawn once in 2^48 names, so that they are drawn here by hand. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { AccountKind } from '../../src/stores/census.js'
import { chooseKind } from '../../src/stores/choose-kind.js'

const kind = (key: string, accounts: number): AccountKind => ({
  key,
  accounts,
  example: { name: key, credentials: [] },
  serves: ['password'],
})

test('of kinds that draw the same lot the most common is chosen, be it the lowest or the highest there is', () => {
  for (const octet of [0x00, 0x7f, 0xff]) {
    const draw = () => new Uint8Array(32).fill(octet)
    for (const kinds of [
      [kind('rare', 1), kind('common', 3)],
      [kind('common', 3), kind('rare', 1)],
    ])
      assert.equal(chooseKind(kinds, 'user', draw)?.key, 'common', String(octet))
    assert.equal(chooseKind([kind('first', 2), kind('second', 2)], 'user', draw)?.key, 'first')
  }
})

test('where there is no kind, or one, there is no choice', () => {
  const draw = () => new Uint8Array(32)
  assert.equal(chooseKind([], 'user', draw), undefined)
  assert.equal(chooseKind([kind('one', 1)], 'user', draw)?.key, 'one')
})
