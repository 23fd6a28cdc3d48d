import assert from 'node:assert/strict'
import { test } from 'node:test'
import { SaslError } from '../src/errors.js'
import { base64, concat, fromBase64, hex, text, unbase64, utf8, xorInto } from '../src/octets.js'
import { fromHex, readVectors } from './vectors.js'

const vectors = readVectors<{ accept: [text: string, octets: string][]; reject: string[] }>(
  'attacks/base64.json',
)

const isMalformed = (error: unknown) => error instanceof SaslError && error.reason === 'malformed'

test('base64 is that of RFC 4648 section 10 and back', () => {
  for (const [encoded, octets] of [
    ...vectors.accept,
    ['Zg==', '66'],
    ['Zm8=', '666f'],
    ['Zm9v', '666f6f'],
    ['Zm9vYg==', '666f6f62'],
    ['Zm9vYmE=', '666f6f6261'],
    ['Zm9vYmFy', '666f6f626172'],
  ] as const) {
    assert.equal(hex(unbase64(encoded)), octets)
    assert.equal(base64(fromHex(octets)), encoded)
  }
})

test('what is not base64 by the letter is refused', () => {
  for (const encoded of [...vectors.reject, 'AA==\u00ff', 'AA\ud800=', '\uff21AAA', 'AAAA\u0000AAA']) {
    assert.equal(fromBase64(encoded), undefined, JSON.stringify(encoded))
    assert.throws(() => unbase64(encoded), isMalformed)
  }
})

test('each octet string has one base64 form: no other text decodes to it', () => {
  const characters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/=-_ \n'
  let accepted = 0
  for (const last of characters)
    for (const third of characters) {
      const encoded = `AB${third}${last}`
      const octets = fromBase64(encoded)
      if (!octets) continue
      accepted++
      assert.equal(base64(octets), encoded)
    }
  // All of three octets; those of two whose trailing bits are zero; none of one, for "AB==" has trailing bits.
  assert.equal(accepted, 64 * 64 + 16)
})

test('base64 of octets of every value and many lengths goes there and back', () => {
  for (const length of [0, 1, 2, 3, 255, 256, 257, 4095, 4096, 4097, 100_000]) {
    const octets = Uint8Array.from({ length }, (_, at) => (at * 31 + length) & 0xff)
    const encoded = base64(octets)
    assert.equal(encoded, Buffer.from(octets).toString('base64'))
    assert.deepEqual(unbase64(encoded), octets)
  }
})

test('text that has no UTF-8 form is refused: passwords must not collide', () => {
  for (const lone of ['\ud800', 'a\udc00b', '\udc00\ud800', `${'a'.repeat(1000)}\ud800`])
    assert.throws(() => utf8(lone), TypeError)
})

test('UTF-8 goes there and back at every length, ASCII or not', () => {
  for (const character of ['a', '\u00e9', '\u20ac', '\u{1f600}', '\0', '\u007f', '\u0080', '\ufeff'])
    for (const length of [0, 1, 63, 64, 65, 255, 256, 257, 5000]) {
      const characters = character.repeat(length)
      assert.deepEqual(Buffer.from(utf8(characters)), Buffer.from(characters))
      assert.equal(text(utf8(characters)), characters)
    }
})

/** Overlong forms, surrogates, what is beyond Unicode, what is cut off. */
const ILL_FORMED = [
  'ff',
  'c0af',
  'c080',
  'e0808a',
  'f08080af',
  'eda080',
  'edb080',
  'f4908080',
  'f8888080',
  'c3',
  'e282',
  '80',
]

test('ill-formed UTF-8 is malformed, at the beginning and within', () => {
  for (const digits of ILL_FORMED) {
    assert.throws(() => text(fromHex(digits)), isMalformed, digits)
    assert.throws(() => text(fromHex(`61${digits}62`)), isMalformed, digits)
  }
})

test('a byte order mark is a character like any other', () => {
  assert.equal(text(fromHex('efbbbf61')), '\ufeffa')
})

test('octets are joined and combined, and unequal lengths are not', () => {
  assert.equal(hex(concat(fromHex('01'), fromHex(''), fromHex('0203'))), '010203')
  assert.equal(hex(concat()), '')
  assert.equal(hex(xorInto(fromHex('0ff0'), fromHex('ffff'))), 'f00f')
  assert.throws(() => xorInto(fromHex('00'), fromHex('0000')), RangeError)
})
