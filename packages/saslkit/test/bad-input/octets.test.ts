/** Octets where text should be, and text where octets should be: never so many zeros. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { base64, fromBase64, hmacMd5FromState, passwordEquals, text, utf8 } from '../../src/index.js'
import { careless, type Row, testRefused } from './refused.js'

const NOT_OCTETS = [
  'hello',
  undefined,
  null,
  5,
  [1, 2],
  new ArrayBuffer(2),
  new DataView(new ArrayBuffer(2)),
  {},
]
const NOT_TEXT = [undefined, null, 5, {}, ['a'], utf8('hello')]

const show = (value: unknown): string => `${Object.prototype.toString.call(value)} ${String(value)}`

testRefused([
  ...NOT_OCTETS.flatMap((value): Row[] => [
    [
      `base64 of ${show(value)}`,
      () => base64(careless(value)),
      /^TypeError: what base64 takes must be octets/,
    ],
    [`text of ${show(value)}`, () => text(careless(value)), /^TypeError: what text takes must be octets/],
  ]),
  ...NOT_TEXT.flatMap((value): Row[] => [
    [`utf8 of ${show(value)}`, () => utf8(careless(value)), /^TypeError: what utf8 takes must be text/],
    [`fromBase64 of ${show(value)}`, () => fromBase64(careless(value)), /^TypeError: what fromBase64 takes/],
    [
      `passwordEquals of ${show(value)} and text`,
      () => passwordEquals(careless(value), 'pencil'),
      /^TypeError: passwords are compared as text; pass two strings/,
    ],
    [
      `passwordEquals of text and ${show(value)}`,
      () => passwordEquals('', careless(value)),
      /^TypeError: passwords are compared as text; pass two strings/,
    ],
  ]),
  [
    'an HMAC state of text',
    () => hmacMd5FromState(careless('short'), utf8('')),
    /^TypeError: an HMAC-MD5 state must be octets/,
  ],
])

test('text reads within its octets, however long, and whatever ends it is given', () => {
  for (const length of [2, 24, 25, 64, 65]) {
    const octets = utf8('a'.repeat(length))
    assert.equal(text(octets, 0, length + 5), 'a'.repeat(length))
    assert.equal(text(octets, length, 1), '')
    assert.equal(text(octets, -1), 'a')
  }
})
