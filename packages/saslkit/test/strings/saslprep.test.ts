import assert from 'node:assert/strict'
import { test } from 'node:test'
import { PreparationError, type PreparationRule } from '../../src/strings/preparation-error.js'
import { type PreparationForm, saslprep } from '../../src/strings/saslprep.js'
import { BLOCK, digest, EXPECTED, LIMIT, outcome, readVectors } from './digests.js'
import { SASLPREP_POOLS, SEQUENCE_BLOCK, SEQUENCES, sequences } from './sequences.js'

interface Vectors {
  readonly vectors: readonly {
    readonly input: string
    readonly output: string | null
    readonly error: string | null
  }[]
  readonly bidi: readonly { readonly input: string; readonly output: string | null }[]
}

const refused = (rule: PreparationRule) => (error: unknown) =>
  error instanceof PreparationError && error instanceof RangeError && error.rule === rule

test('SASLprep gives the examples of RFC 4013 section 3 and RFC 3454 section 6', () => {
  const { vectors, bidi } = readVectors<Vectors>('public/saslprep.json')
  for (const { input, output, error } of vectors)
    for (const form of ['stored', 'query'] as const) {
      if (output !== null) assert.equal(saslprep(input, form), output)
      else
        assert.throws(
          () => saslprep(input, form),
          refused(error === 'prohibited character' ? 'prohibited' : 'bidi'),
        )
    }
  for (const { input, output } of bidi) {
    if (output !== null) assert.equal(saslprep(input, 'stored'), output)
    else assert.throws(() => saslprep(input, 'stored'), refused('bidi'))
  }
})

test('SASLprep agrees with Python on every code point, alone and between letters', () => {
  const contexts: readonly (readonly [string, string, PreparationForm])[] = [
    ['', '', 'stored'],
    ['', '', 'query'],
    ['a', 'b', 'query'],
    ['\u0627', '\u0628', 'query'],
  ]
  for (let block = 0; block < LIMIT; block += BLOCK) {
    const outcomes: string[] = []
    for (let codePoint = block; codePoint < block + BLOCK; codePoint++) {
      const character = String.fromCodePoint(codePoint)
      for (const [before, after, form] of contexts)
        outcomes.push(outcome(() => saslprep(before + character + after, form)))
    }
    assert.equal(
      digest(outcomes),
      EXPECTED.saslprep.codePoints[block / BLOCK],
      `from U+${block.toString(16)}`,
    )
  }
})

test('SASLprep agrees with an NFKC over Unicode 3.2 on sequences', () => {
  const outcomes: string[] = []
  for (const text of sequences(SASLPREP_POOLS, 4013, SEQUENCES))
    for (const form of ['stored', 'query'] as const) outcomes.push(outcome(() => saslprep(text, form)))
  for (let at = 0; at < outcomes.length; at += SEQUENCE_BLOCK)
    assert.equal(
      digest(outcomes.slice(at, at + SEQUENCE_BLOCK)),
      EXPECTED.saslprep.sequences[at / SEQUENCE_BLOCK],
      `from outcome ${at}`,
    )
})

test('SASLprep normalizes as Unicode 3.2 did', () => {
  // Corrigendum 4.
  assert.equal(
    saslprep('\u{2f868}\u{2f874}\u{2f91f}\u{2f95f}\u{2f9bf}', 'stored'),
    '\u{2136a}\u5f33\u43ab\u7aae\u4d57',
  )
  // Balinese came with 5.0, where U+1B05 U+1B35 composes; in 3.2 it is unassigned.
  assert.equal(saslprep('\u1b05\u1b35', 'query'), '\u1b05\u1b35')
  // So is U+0358, which today has a combining class and would go after U+0323.
  assert.equal(saslprep('e\u0358\u0323', 'query'), 'e\u0358\u0323')
  // Corrigendum 5 is applied, as nearly everybody does: the accent keeps the vowel from the consonant.
  assert.equal(saslprep('\u1100\u0300\u1161', 'stored'), '\u1100\u0300\u1161')
})

test('SASLprep maps U+200B, which is in two tables, to a space', () => {
  assert.equal(saslprep('a\u200bb', 'stored'), 'a b')
})

test('SASLprep returns printable ASCII as it is, and may leave nothing', () => {
  assert.equal(saslprep(' !~aZ', 'stored'), ' !~aZ')
  assert.equal(saslprep('', 'stored'), '')
  assert.equal(saslprep('\u00ad', 'stored'), '')
})

test('SASLprep refuses what RFC 4013 refuses', () => {
  const table: readonly (readonly [string, PreparationRule, PreparationForm?])[] = [
    ['\u0000', 'prohibited'],
    ['a\u007f', 'prohibited'],
    ['\u0085\u00e9', 'prohibited'],
    ['\ue000', 'prohibited'],
    ['\ufdd0', 'prohibited'],
    ['\u{10ffff}', 'prohibited'],
    ['\ufffd', 'prohibited'],
    ['\u2ff0', 'prohibited'],
    ['\u202e', 'prohibited'],
    ['\u{e0041}', 'prohibited'],
    ['\ud800', 'prohibited'],
    ['a\udc00', 'prohibited'],
    ['\ud800\u00ad\udc00', 'prohibited'], // nothing may make a pair of them
    ['\u0221', 'unassigned'],
    ['a\u{1f600}', 'unassigned'],
    ['\u0627a', 'bidi'],
    ['a\u0627', 'bidi'],
    ['\u0627a\u0628', 'bidi'],
    ['1\u0627', 'bidi'],
    ['\u06271', 'bidi'],
    ['a\u2135', 'bidi'], // left-to-right until normalized
  ]
  for (const [text, rule] of table)
    assert.throws(() => saslprep(text, 'stored'), refused(rule), JSON.stringify(text))
  assert.equal(saslprep('a\u{1f600}', 'query'), 'a\u{1f600}')
})

test('SASLprep tells the caller what to pass', () => {
  for (const text of [undefined, null, 1, {}, ['a']])
    assert.throws(() => saslprep(text as unknown as string, 'stored'), /^TypeError: SASLprep: pass a string$/)
  for (const form of [undefined, true, 'Stored'])
    assert.throws(() => saslprep('a', form as unknown as 'stored'), TypeError)
})

test('a refusal reveals nothing of the string', () => {
  for (const text of ['hunter2\u0007', 'hunter2\u0221', 'hunter2\u0627'])
    assert.throws(
      () => saslprep(text, 'stored'),
      (error: Error) =>
        !/hunter2|u\+|[\u0007\u0221\u0627]/i.test(`${error.message}${error.stack?.split('\n')[0]}`),
    )
})

test('SASLprep is quick on long strings of any kind', () => {
  const half = 1 << 18
  const long: readonly string[] = [
    '\u0301'.repeat(half) + '\u0316'.repeat(half), // marks in the wrong order: sorted by insertion this takes minutes
    `a${'\u0316\u0301\u3099'.repeat(half / 2)}`,
    '\u0301'.repeat(half) + '\uff9e'.repeat(half), // no mark until it decomposes
    '\u0345'.repeat(half) + '\u0334'.repeat(half), // the highest combining class and the lowest
    '\u0344'.repeat(half) + '\u0316'.repeat(half), // decomposes to two marks
    '\ufdfa'.repeat(half / 4), // grows eighteenfold
    '\u00ad'.repeat(half * 2),
    '\u1100'.repeat(half) + '\u1161'.repeat(half),
    '\u{1f600}\u0301'.repeat(half / 2),
    'a\u{1d165}'.repeat(half / 2),
    '\u0627'.repeat(half) + 'a'.repeat(half),
    '\ud800'.repeat(half * 2),
    `${'a'.repeat(half * 2)}\u0007`,
  ]
  for (const text of long)
    for (const form of ['stored', 'query'] as const) outcome(() => saslprep(text, form))
})
