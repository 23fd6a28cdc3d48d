import assert from 'node:assert/strict'
import { test } from 'node:test'
import { normalize } from '../../src/strings/normalize.js'
import { SASLPREP_POOLS, sequences } from './sequences.js'

// Marks of many combining classes, starters among them, and some that decompose.
const MARKS = [
  ...'\u0300\u0301\u0316\u0323\u0327\u0334\u0340\u0344\u0345\u0358\u0360\u05b0\u05b4\u0591\u064b\u0651\u0670',
].concat([
  ...'\u093c\u094d\u09be\u0903\u20dd\u0f71\u0f72\u0f73\u0f81\u3099\u302a\uff9e\uff9f\u0f7e\u{1d165}\u{1d167}\u{1d16d}',
])

test('a long run of marks normalizes as the engine has it', () => {
  let state = 1
  const below = (limit: number) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return (state >>> 8) % limit
  }
  for (let round = 0; round < 400; round++) {
    const length = 20 + below(100)
    const few = Array.from({ length: 1 + below(6) }, () => MARKS[below(MARKS.length)]!)
    const from = round % 2 ? MARKS : few
    const run = Array.from({ length }, () => from[below(from.length)]!).join('')
    for (const text of [run, `a${run}e${run}`, `\u1100\u1161${run}`, `\u{1f600}${run}\u0915`])
      for (const form of ['NFC', 'NFKC'] as const)
        assert.equal(normalize(text, form), text.normalize(form), JSON.stringify(text))
  }
})

test('so does everything else', () => {
  for (const text of sequences(SASLPREP_POOLS, 15, 10_000))
    for (const form of ['NFC', 'NFKC'] as const) assert.equal(normalize(text, form), text.normalize(form))
})

test('what decomposes to marks alone counts as a mark', () => {
  for (let codePoint = 0; codePoint < 0x110000; codePoint++) {
    const character = String.fromCodePoint(codePoint)
    const decomposed = character.normalize('NFKD')
    if (/^\p{M}+$/u.test(decomposed) && !/\p{M}/u.test(character))
      assert.match(character, /[\uff9e\uff9f]/, codePoint.toString(16))
  }
})
