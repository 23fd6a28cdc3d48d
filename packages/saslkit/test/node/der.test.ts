import assert from 'node:assert/strict'
import { test } from 'node:test'
import { SaslError } from '../../src/errors.js'
import { derChildren, derElement, derElements, objectIdentifier, SEQUENCE } from '../../src/node/x509/der.js'
import { der, oid } from './make-certificate.js'

const octets = (hex: string) => Buffer.from(hex, 'hex')

const malformed = (error: unknown): boolean => error instanceof SaslError && error.reason === 'malformed'

test('elements come with their tag and a view of their content', () => {
  assert.deepEqual(
    derElements(octets('020105040030020500')).map(({ tag, content }) => [
      tag,
      Buffer.from(content).toString('hex'),
    ]),
    [
      [0x02, '05'],
      [0x04, ''],
      [0x30, '0500'],
    ],
  )
})

test('lengths of one to three octets are read', () => {
  for (const length of [0, 1, 127, 128, 255, 256, 65535, 65536, 1 << 20])
    assert.equal(derElement(der(0x04, Buffer.alloc(length)), 0x04).content.length, length)
})

const REFUSED: readonly (readonly [string, string])[] = [
  ['a tag without a length', '30'],
  ['content that is cut short', '300205'],
  ['a length that is cut short', '3082'],
  ['a length of two octets that is cut short', '308201'],
  ['an indefinite length', '308005000000'],
  ['a length of one octet in two', '3081050000000000'],
  ['a length of 127 in the long form', `30817f${'00'.repeat(127)}`],
  ['a length with a leading zero octet', `30820080${'00'.repeat(128)}`],
  ['a length of 126 octets', `30fe${'ff'.repeat(126)}`],
  ['a length beyond what is there', '3083ffffff00'],
  ['a tag of several octets', '3f0100'],
  ['end of contents', '0000'],
]

for (const [what, hex] of REFUSED) {
  test(`${what} is malformed`, () => {
    assert.throws(() => derElements(octets(hex)), malformed)
  })
}

test('1,024 elements on one level are read, and one more is malformed', () => {
  assert.equal(derElements(octets('0500'.repeat(1024))).length, 1024)
  assert.throws(() => derElements(octets('0500'.repeat(1025))), malformed)
})

test('one element is one: none, two, or another tag are malformed', () => {
  assert.throws(() => derElement(octets(''), SEQUENCE), malformed)
  assert.throws(() => derElement(octets('30003000'), SEQUENCE), malformed)
  assert.throws(() => derElement(octets('3100'), SEQUENCE), malformed)
  assert.throws(() => derChildren(undefined, SEQUENCE), malformed)
})

test('object identifiers have their dotted form, first arcs and long arcs included', () => {
  for (const dotted of [
    '0.9.2342.19200300.100.1.1',
    '1.2.840.113549.1.1.11',
    '2.5.4.3',
    '2.16.840.1.101.3.4.3.16',
  ])
    assert.equal(objectIdentifier(derElement(oid(dotted), 0x06)), dotted)
  // X.690 section 8.19.5: { 2 999 3 }.
  assert.equal(objectIdentifier(derElement(octets('0603883703'), 0x06)), '2.999.3')
  // An arc made of a UUID (X.667) has up to 128 bits.
  assert.equal(
    objectIdentifier(derElement(octets(`06146983${'ff'.repeat(17)}7f`), 0x06)),
    `2.25.${(3n << 126n) | ((1n << 126n) - 1n)}`,
  )
})

test('object identifiers that are empty, cut short, padded or too long are malformed', () => {
  for (const hex of ['', '86', '2a86', '2a8001', '8001', `2a${'01'.repeat(64)}`]) {
    const element = derElement(der(0x06, octets(hex)), 0x06)
    assert.throws(() => objectIdentifier(element), malformed, hex)
  }
  assert.throws(() => objectIdentifier(derElement(octets('0500'), 0x05)), malformed)
})
