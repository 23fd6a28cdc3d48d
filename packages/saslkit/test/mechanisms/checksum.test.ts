import assert from 'node:assert/strict'
import { test } from 'node:test'
import { checksum } from '../../src/mechanisms/scram/checksum.js'
import { utf8 } from '../../src/octets.js'

test('a checksum is FNV-1a of 32 bits, of all parts in a row', () => {
  // draft-eastlake-fnv, appendix: the test vectors for "a" and "foobar".
  for (const [sum, ...parts] of [
    [0x811c9dc5],
    [0xe40c292c, 'a'],
    [0xbf9cf968, 'foobar'],
    [0xbf9cf968, 'foo', '', 'bar'],
  ] as const)
    assert.equal(checksum(...parts.map(utf8)) >>> 0, sum)
})
