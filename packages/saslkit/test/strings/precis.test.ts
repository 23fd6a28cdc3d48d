import assert from 'node:assert/strict'
import { test } from 'node:test'
import { opaqueString, usernameCaseMapped, usernameCasePreserved } from '../../src/strings/precis.js'
import { PreparationError, type PreparationRule } from '../../src/strings/preparation-error.js'
import { untilStable } from '../../src/strings/until-stable.js'
import { BLOCK, digest, EXPECTED, LIMIT, outcome, readVectors } from './digests.js'
import { PRECIS_POOLS, ranges, SEQUENCE_BLOCK, SEQUENCES, sequences } from './sequences.js'

interface Vectors {
  readonly vectors: readonly {
    readonly input: string
    readonly profile: string
    readonly valid: boolean
    readonly case_mapped?: string | null
    readonly case_preserved?: string | null
    readonly output?: string | null
  }[]
}

const PROFILES = [usernameCaseMapped, usernameCasePreserved, opaqueString] as const

const refused = (rule: PreparationRule) => (error: unknown) =>
  error instanceof PreparationError && error.rule === rule

/** As precis_i18n tells it: which rule refuses depends on where one begins. */
const verdict = (prepare: () => string): string => outcome(prepare).replace(/^!.*/, '!')

test('PRECIS gives the examples of RFC 8265', () => {
  for (const vector of readVectors<Vectors>('public/precis.json').vectors) {
    const { input } = vector
    const expected = (value: string | null | undefined) => (typeof value === 'string' ? `=${value}` : '!')
    if (vector.profile === 'OpaqueString')
      assert.equal(
        verdict(() => opaqueString(input)),
        expected(vector.output),
      )
    else {
      assert.equal(
        verdict(() => usernameCaseMapped(input)),
        expected(vector.case_mapped),
      )
      assert.equal(
        verdict(() => usernameCasePreserved(input)),
        expected(vector.case_preserved),
      )
    }
  }
})

/** Code points assigned in the Unicode version of the other implementation, and the same ever since. */
function known(): ReadonlySet<number> {
  const set = new Set<number>()
  for (const [first, last] of ranges(EXPECTED.precis.known))
    for (let codePoint = first; codePoint <= last; codePoint++) set.add(codePoint)
  return set
}

test('PRECIS agrees with precis_i18n on every code point that it knows, alone and between letters', () => {
  const codePoints = known()
  // The last four tell all classes of the Bidi Rule apart.
  const contexts = [
    ['', '', usernameCaseMapped],
    ['', '', opaqueString],
    ['\u0628.', '', usernameCasePreserved],
    ['', '\u0628', usernameCasePreserved],
    ['\u0628', '1', usernameCasePreserved],
    ['\u0628', '', usernameCasePreserved],
  ] as const
  for (let block = 0; block < LIMIT; block += BLOCK) {
    const verdicts: string[] = []
    for (let codePoint = block; codePoint < block + BLOCK; codePoint++) {
      if (!codePoints.has(codePoint) || (0xd800 <= codePoint && codePoint <= 0xdfff)) continue
      const character = String.fromCodePoint(codePoint)
      for (const [before, after, profile] of contexts)
        verdicts.push(verdict(() => profile(before + character + after)))
    }
    assert.equal(digest(verdicts), EXPECTED.precis.codePoints[block / BLOCK], `from U+${block.toString(16)}`)
  }
})

test('PRECIS agrees with precis_i18n on sequences', () => {
  const codePoints = known()
  const verdicts: string[] = []
  for (const text of sequences(PRECIS_POOLS, 8265, SEQUENCES)) {
    // precis_i18n makes syllables of halfwidth Hangul letters.
    if (/[\uffa0-\uffdc]/.test(text) || [...text].some((c) => !codePoints.has(c.codePointAt(0)!))) continue
    for (const profile of PROFILES) verdicts.push(verdict(() => profile(text)))
  }
  for (let at = 0; at < verdicts.length; at += SEQUENCE_BLOCK)
    assert.equal(
      digest(verdicts.slice(at, at + SEQUENCE_BLOCK)),
      EXPECTED.precis.sequences[at / SEQUENCE_BLOCK],
      `from verdict ${at}`,
    )
})

test('PRECIS refuses what RFC 8264 and RFC 8265 refuse', () => {
  const table: readonly (readonly [string, PreparationRule])[] = [
    ['', 'empty'],
    ['foo bar', 'prohibited'],
    ['a\u3000b', 'prohibited'],
    ['henry\u2163', 'prohibited'],
    ['\u221e', 'prohibited'],
    ['a\tb', 'prohibited'],
    ['a\u00adb', 'prohibited'],
    ['\ue000', 'prohibited'],
    ['\ufdd0', 'prohibited'],
    ['\u0640', 'prohibited'],
    ['\u1100', 'prohibited'],
    ['\uffa1\uffc2', 'prohibited'], // halfwidth Hangul letters make no syllable
    ['\ud800', 'prohibited'],
    ['\u0378', 'unassigned'],
    ['a\u0627', 'bidi'],
    ['\u0627a', 'bidi'],
    ['1\u05d0', 'bidi'],
    ['\u05d0.', 'bidi'],
    ['\u05d01\u0660\u05d0', 'bidi'],
    ['a\u00b7a', 'context'],
    ['l\u00b7', 'context'],
    ['\u00b7l', 'context'],
    ['\u0375a', 'context'],
    ['\u0375', 'context'],
    ['a\u05f3', 'context'],
    ['\u05f4', 'context'],
    ['\u30fb', 'context'],
    ['a\u30fba', 'context'],
    ['\u06601\u06f0', 'context'],
    ['a\u200d', 'context'],
    ['\u200d', 'context'],
    ['\u3099\u200c', 'context'],
    ['\u05b0\u200c', 'context'],
    ['\u0627\u200c\u0628', 'context'],
    ['\u0628\u200c', 'context'],
    ['\u0628\u200ca', 'context'],
    ['\u200c\u0628', 'context'],
  ]
  for (const [text, rule] of table)
    assert.throws(() => usernameCaseMapped(text), refused(rule), JSON.stringify(text))
  for (const text of ['', '\u1100', 'a\u0007', '\ue000', '\u0378', '\udc00', 'a\u00b7'])
    assert.throws(() => opaqueString(text), PreparationError, JSON.stringify(text))
})

test('PRECIS allows what needs a context where the context is', () => {
  for (const name of [
    'l\u00b7l',
    '\u0375\u03b1',
    '\u05d0\u05f3',
    '\u30ab\u30fba',
    '\u4e00\u30fb',
    '\u0628\u0660',
    '\u0628\u06f0',
    '\u0915\u094d\u200d',
    '\u0915\u094d\u200c',
    '\u0628\u200c\u0628',
    '\u0628\u064b\u200c\u064b\u0628',
    '\u{1e922}\u{1e94b}\u200c\u{1e922}', // Adlam, with a letter that is transparent
    '\ua872\u200c\u1820', // the one letter that joins to the left
  ])
    assert.equal(usernameCasePreserved(name), name, JSON.stringify(name))
})

test('PRECIS names map width, case and composition', () => {
  assert.equal(usernameCaseMapped('\uff34\uff49\uff4d'), 'tim')
  assert.equal(usernameCasePreserved('\uff34\uff49\uff4d'), 'Tim')
  assert.equal(usernameCaseMapped('\uff76\uff9e'), '\u30ac')
  assert.equal(usernameCaseMapped('A\u030a'), '\u00e5')
  assert.equal(usernameCasePreserved('\u212b'), '\u00c5')
  assert.equal(usernameCasePreserved('\u1112\u1161\u11ab'), '\ud55c')
  // Unicode's toLowercase knows the final sigma.
  assert.equal(
    usernameCaseMapped('\u039f\u0394\u03a5\u03a3\u03a3\u0395\u03a5\u03a3'),
    '\u03bf\u03b4\u03c5\u03c3\u03c3\u03b5\u03c5\u03c2',
  )
  assert.equal(usernameCaseMapped('\u0130'), 'i\u0307')
})

test('PRECIS passwords keep case and width, and map spaces', () => {
  assert.equal(opaqueString('P\u00c4\uff21\u2163 \u00a0\u3000x'), 'P\u00c4\uff21\u2163   x')
  assert.equal(opaqueString('e\u0301'), '\u00e9')
})

test('PRECIS gives up on what never becomes stable', () => {
  assert.throws(() => untilStable((text) => `${text}x`, ''), refused('unstable'))
  const shrink = (text: string) => text.replace(/^x/, '')
  assert.equal(untilStable(shrink, 'xxxy'), 'y')
  assert.throws(() => untilStable(shrink, 'xxxxy'), refused('unstable'))
})

test('PRECIS tells the caller what to pass', () => {
  for (const profile of PROFILES)
    for (const text of [undefined, null, 1, {}])
      assert.throws(() => profile(text as unknown as string), /^TypeError: PRECIS: pass a string$/)
})

test('PRECIS is quick on long strings of any kind', () => {
  const half = 1 << 17
  const long: readonly string[] = [
    '\u0301'.repeat(half) + '\u0316'.repeat(half),
    '\u0301'.repeat(half) + '\uff9e'.repeat(half),
    '\u03a3.'.repeat(half),
    '\u0628\u200c'.repeat(half),
    `\u0628${'\u064b'.repeat(half)}\u200c${'\u064b'.repeat(half)}\u0628`,
    '\u30fb'.repeat(half),
    `\u05d0${'\u05b0'.repeat(half)}.`,
    'a '.repeat(half),
  ]
  for (const text of long) for (const profile of PROFILES) outcome(() => profile(text))
})
