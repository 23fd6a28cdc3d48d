/** The search finds what it searches for. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { inspect } from 'node:util'
import { SaslError } from '../../src/errors.js'
import { base64, hex, utf8 } from '../../src/octets.js'
import { assertSilent } from './assert-silent.js'
import { KEYS, PASSWORD, SENTINEL, TOKEN } from './sentinels.js'

class Inherits {
  get word(): string {
    return PASSWORD
  }
}

const hidden = Object.defineProperty({}, 'word', { value: PASSWORD })
const throwing = {
  get word(): string {
    throw new Error(PASSWORD)
  },
}
const buffer = new Uint8Array(64)
buffer.set(utf8(PASSWORD), 32)
const [key] = KEYS as [Buffer]

const LEAKS: Readonly<Record<string, unknown>> = {
  'a message': new Error(`no such password: ${PASSWORD}`),
  'the cause of an error': new SaslError('malformed', 'no', { cause: new Error(TOKEN) }),
  'the cause of a cause': new Error('', { cause: new Error('', { cause: { password: PASSWORD } }) }),
  'one of several errors': new AggregateError([new Error('one'), new Error(PASSWORD)], 'two'),
  "an error's property": Object.assign(new Error(), { input: PASSWORD }),
  'a message of PLAIN': { message: utf8(`\0user\0${PASSWORD}`) },
  'its base64': { message: base64(utf8(`\0user\0${PASSWORD}`)) },
  "a token's": { message: base64(utf8(`user=user\x01auth=Bearer ${TOKEN}\x01\x01`)) },
  hexadecimal: { message: hex(utf8(PASSWORD)) },
  'a map': { nested: [new Map([['password', PASSWORD]])] },
  'the key of a map': new Map([[PASSWORD, 1]]),
  'a set': new Set([PASSWORD]),
  'the name of a property': { [PASSWORD]: 1 },
  'a symbol': { [Symbol(PASSWORD)]: 1 },
  'what is behind a symbol': { [Symbol('word')]: PASSWORD },
  'what does not count as a property': hidden,
  'an inherited getter': new Inherits(),
  'a getter that throws': throwing,
  'a function that carries it': Object.assign(() => {}, { word: PASSWORD }),
  'the name of a function': Object.defineProperty(() => {}, 'name', { value: PASSWORD }),
  'a proxy': new Proxy({ word: PASSWORD }, {}),
  'a Buffer': Buffer.from(PASSWORD),
  'the octets beside those that are seen': buffer.subarray(0, 4),
  'a DataView': new DataView(buffer.buffer),
  'an address': `https://example.com/?token=${encodeURIComponent(TOKEN)}`,
  'a URL': new URL(`https://user:${encodeURIComponent(PASSWORD)}@example.com/`),
  'a part of it': SENTINEL,
  'a key': key,
  'a key as text': key.toString('base64'),
  'a key within others': [Buffer.concat([Buffer.from('ab'), key])],
  'what it says of itself': { toJSON: () => PASSWORD },
  'what it lets be inspected': { [inspect.custom]: () => PASSWORD },
}

for (const [name, leak] of Object.entries(LEAKS))
  test(`the search finds ${name}`, () => {
    assert.throws(() => assertSilent(leak, 'a leak'), assert.AssertionError)
  })

test('and finds nothing where there is nothing', () => {
  for (const silent of [new Error('no'), { a: [1, 'two', new Map([[3, utf8('four')]])] }, () => {}, 1, null])
    assertSilent(silent, 'nothing')
})
