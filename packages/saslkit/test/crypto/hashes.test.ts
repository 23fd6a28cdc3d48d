import assert from 'node:assert/strict'
import { createHash, createHmac } from 'node:crypto'
import { test } from 'node:test'
import type { HashName } from '../../src/crypto/hash.js'
import { hex, text, utf8 } from '../../src/octets.js'
import { fromHex, readVectors } from '../vectors.js'
import { HASHES, SEAMS } from './both-seams.js'

interface Vectors {
  readonly digests: readonly { source: string; hash: HashName; data_hex: string; digest: string }[]
  readonly hmac: readonly { source: string; hash: HashName; key_hex: string; data_hex: string; mac: string }[]
  readonly pbkdf2: readonly Pbkdf2Vector[]
}

interface Pbkdf2Vector {
  readonly source: string
  readonly hash: HashName
  readonly password_hex: string
  readonly salt_hex: string
  readonly iterations: number
  readonly dk_hex: string
}

const vectors = readVectors<Vectors>('hashes.json')
const hmacMd5 = readVectors<{
  hmac_md5: { source: string; key_hex: string; data_hex: string; digest: string }[]
}>('public/cram-md5.json')
const published = readVectors<{ vectors: Pbkdf2Vector[] }>('public/pbkdf2.json')

/** What node:crypto calls them: the judge of lengths that no document has an example of. */
const ALGORITHMS: Readonly<Record<HashName, string>> = {
  MD5: 'md5',
  'SHA-1': 'sha1',
  'SHA-224': 'sha224',
  'SHA-256': 'sha256',
  'SHA-384': 'sha384',
  'SHA-512': 'sha512',
  'SHA3-512': 'sha3-512',
}

const counting = (length: number) => Uint8Array.from({ length }, (_, at) => (at * 7 + length) & 0xff)

for (const [seam, { hashFunction, newNonce, random, sameOctets }] of SEAMS) {
  test(`${seam}: digests are those of FIPS 180-4, FIPS 202 and RFC 1321`, async () => {
    for (const { source, hash, data_hex, digest } of vectors.digests)
      assert.equal(hex((await hashFunction(hash)).digest(fromHex(data_hex))), digest, `${source} ${hash}`)
  })

  test(`${seam}: HMACs are those of RFC 2202 and RFC 4231`, async () => {
    for (const { source, hash, key_hex, data_hex, mac } of vectors.hmac)
      assert.equal(
        hex((await hashFunction(hash)).hmac(fromHex(key_hex), fromHex(data_hex))),
        mac,
        `${source} ${hash}`,
      )
    for (const { source, key_hex, data_hex, digest } of hmacMd5.hmac_md5)
      assert.equal(hex((await hashFunction('MD5')).hmac(fromHex(key_hex), fromHex(data_hex))), digest, source)
  })

  test(`${seam}: PBKDF2 is that of RFC 6070 and RFC 7914`, async () => {
    for (const { source, hash, password_hex, salt_hex, iterations, dk_hex } of [
      ...published.vectors,
      ...vectors.pbkdf2,
    ]) {
      const key = hex(
        await (await hashFunction(hash)).pbkdf2(fromHex(password_hex), fromHex(salt_hex), iterations),
      )
      // The first block does not depend on how many are asked for (RFC 8018 section 5.2).
      const common = Math.min(key.length, dk_hex.length)
      assert.equal(key.slice(0, common), dk_hex.slice(0, common), `${source} ${hash} ${iterations}`)
    }
  })

  test(`${seam}: each hash says its name and its size`, async () => {
    for (const name of HASHES) {
      const hash = await hashFunction(name)
      assert.equal(hash.name, name)
      assert.equal(hash.digest(new Uint8Array(0)).length, hash.size)
      assert.equal(hash.hmac(new Uint8Array(0), new Uint8Array(0)).length, hash.size)
    }
  })

  test(`${seam}: HMAC takes keys of any length, none included, and data across the scratch buffer's end`, async () => {
    const keys = [0, 1, 63, 64, 65, 71, 72, 73, 127, 128, 129, 1000, 9000].map(counting)
    const data = [0, 1, 1024, 8000, 8063, 8064, 8065, 8119, 8120, 8121, 8128, 8129, 8192, 16_384].map(
      counting,
    )
    for (const name of HASHES) {
      const hash = await hashFunction(name)
      for (const key of keys)
        for (const octets of data)
          assert.equal(
            hex(hash.hmac(key, octets)),
            createHmac(ALGORITHMS[name], key).update(octets).digest('hex'),
            `${name}, key of ${key.length}, data of ${octets.length}`,
          )
      for (const octets of data)
        assert.equal(hex(hash.digest(octets)), createHash(ALGORITHMS[name]).update(octets).digest('hex'))
    }
  })

  test(`${seam}: HMAC of text is HMAC of its UTF-8`, async () => {
    for (const name of HASHES) {
      const hash = await hashFunction(name)
      for (const text of [
        '',
        'n,,n=user,r=abc',
        '\u00e9\u20ac\u{1f600}',
        '\u20ac'.repeat(2700),
        'a'.repeat(8200),
      ])
        assert.equal(hex(hash.hmac(counting(20), text)), hex(hash.hmac(counting(20), utf8(text))), name)
    }
  })

  test(`${seam}: a short key after a long one finds nothing left of it`, async () => {
    for (const name of HASHES) {
      const hash = await hashFunction(name)
      const expected = hex(hash.hmac(counting(3), counting(5)))
      hash.hmac(counting(64), counting(4000))
      assert.equal(hex(hash.hmac(counting(3), counting(5))), expected)
    }
  })

  test(`${seam}: results are the caller's own`, async () => {
    for (const name of HASHES) {
      const hash = await hashFunction(name)
      const first = hash.hmac(counting(1), counting(1))
      const kept = hex(first)
      hash.hmac(counting(2), counting(2))
      hash.digest(counting(3))
      assert.equal(hex(first), kept)
      assert.equal(first.buffer.byteLength, hash.size, 'a view on something larger')
    }
  })

  test(`${seam}: equal octets are equal, and all others are not, whatever their length`, () => {
    assert.equal(sameOctets(counting(32), counting(32)), true)
    assert.equal(sameOctets(new Uint8Array(0), new Uint8Array(0)), true)
    assert.equal(sameOctets(counting(32), counting(31)), false)
    assert.equal(sameOctets(new Uint8Array(0), counting(1)), false)
    for (let at = 0; at < 32; at++)
      for (const bit of [1, 0x80]) {
        const other = counting(32)
        other[at]! ^= bit
        assert.equal(sameOctets(counting(32), other), false)
      }
  })

  test(`${seam}: octets are found where they stand among others, and are all that stands there`, () => {
    for (const [start, end, found] of [
      [2, 8, true],
      [2, 7, false],
      [2, 9, false],
      [1, 7, false],
      [3, 9, false],
      [0, 10, false],
    ] as const)
      assert.equal(sameOctets(utf8('nonces'), utf8('r=nonces,x'), start, end), found, `${start} to ${end}`)
    assert.equal(sameOctets(utf8('nonces'), utf8('r=nonces'), 2), true)
  })

  test(`${seam}: nonces are 24 printable characters, and no two are the same`, () => {
    const nonces = Array.from({ length: 300 }, () => text(newNonce()))
    for (const nonce of nonces) assert.match(nonce, /^[A-Za-z0-9+/]{24}$/)
    assert.equal(new Set(nonces).size, 300)
  })

  test(`${seam}: random octets do not repeat, in the pool and beyond it`, () => {
    const seen = new Set<string>()
    for (let i = 0; i < 2000; i++) seen.add(hex(random(18)))
    assert.equal(seen.size, 2000)
    for (const length of [0, 1, 4095, 4096, 4097, 10_000]) assert.equal(random(length).length, length)
    assert.notEqual(hex(random(5000)), hex(random(5000)))
    const given = random(16)
    const kept = hex(given)
    random(4096)
    assert.equal(hex(given), kept, 'what was handed out is not drawn over')
  })
}
