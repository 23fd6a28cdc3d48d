/** What the seam does on Node and elsewhere is the same, to the last refusal. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { SaslError } from '../../src/errors.js'
import * as node from '../../src/octets/node.js'
import * as web from '../../src/octets/web.js'
import type { Octets } from '../../src/octets.js'
import { readVectors } from '../vectors.js'

const SEAMS = [
  ['Node', node],
  ['the web', web],
] as const

const octets = (length: number): Octets => new Uint8Array(length).map((_, i) => (i * 151 + length) & 255)

test('both export the same', () => assert.deepEqual(Object.keys(node).sort(), Object.keys(web).sort()))

for (const [name, { base64, fromBase64, fromBase64Within, text, utf8 }] of SEAMS) {
  test(`on ${name}, base64 is that of Buffer and back, whatever the length`, () => {
    for (const length of [...Array(300).keys(), 4095, 4096, 4097, 100_000]) {
      const encoded = Buffer.from(octets(length)).toString('base64')
      assert.equal(base64(octets(length)), encoded)
      assert.deepEqual(fromBase64(encoded), octets(length))
      assert.deepEqual(fromBase64Within(utf8(`,${encoded},`), 1, 1 + encoded.length), octets(length))
    }
  })

  test(`on ${name}, what is not base64 by the letter is refused`, () => {
    const { reject } = readVectors<{ reject: string[] }>('attacks/base64.json')
    for (const encoded of [
      ...reject,
      'AA==\u00ff',
      'AA\ud800=',
      '\uff21AAA',
      ' AAAA',
      'AAAA\n',
      'AA',
      'AAA',
      'AB==',
    ]) {
      assert.equal(fromBase64(encoded), undefined, JSON.stringify(encoded))
      const encodedOctets = new TextEncoder().encode(encoded)
      assert.equal(
        fromBase64Within(encodedOctets, 0, encodedOctets.length),
        undefined,
        JSON.stringify(encoded),
      )
    }
  })

  test(`on ${name}, text is UTF-8 and back, and nothing else`, () => {
    for (const characters of [
      '',
      'a',
      'é',
      '\ufeffbom',
      '\0',
      'x'.repeat(64),
      'é'.repeat(200),
      '🔑'.repeat(33),
    ]) {
      assert.deepEqual([...utf8(characters)], [...new TextEncoder().encode(characters)])
      assert.equal(text(utf8(characters)), characters)
    }
    for (const lone of ['\ud800', `${'x'.repeat(80)}\udc00`]) assert.throws(() => utf8(lone), TypeError)
    for (const ill of [[0x80], [0xc0, 0xaf], [0xed, 0xa0, 0x80], [...Array(70).fill(0x61), 0xff]])
      assert.throws(
        () => text(Uint8Array.from(ill)),
        (error) => error instanceof SaslError && error.reason === 'malformed',
      )
  })
}
