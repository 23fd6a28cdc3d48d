/** Argon2, scrypt and bcrypt at their smallest costs, as this runtime and as browsers have them. */
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import * as own from '#slow-hashes'
import { nobleArgon2 } from '../../src/credentials/slow-hashes/noble-argon2.js'
import * as web from '../../src/credentials/slow-hashes/web.js'
import { StoredCredentialError } from '../../src/credentials/stored-credential-error.js'
import { base64, hex, utf8 } from '../../src/octets.js'
import { fromHex } from '../vectors.js'

/** Of "pencil" and "saltsalt": @node-rs/argon2 2.2.1 and @noble/hashes 2.4.0 agree. */
const ARGON2 = [
  ['argon2d', 0x10, 8, 1, 1, 'ML00NLtzihUhG7DY29HCmA=='],
  ['argon2d', 0x13, 16, 2, 2, 'S9ZVkImqme/MfMnIiVx+Wg=='],
  ['argon2i', 0x10, 16, 2, 2, 'fXsHEjG2KT2skssQLRL9kw=='],
  ['argon2i', 0x13, 8, 1, 1, '0zSgBjXjaZkllKzHTNYfbg=='],
  ['argon2id', 0x10, 16, 2, 2, 'c9C5qOOrqB8dBBQ8H5/WSw=='],
  ['argon2id', 0x13, 8, 1, 1, 'jeHutNAspXQ+Qpnj83+s4w=='],
] as const

/** With Python's hashlib. */
const SCRYPT = [
  [2, 1, 1, '16a64bf05551f33c9eb5d908eda4a0b8'],
  [4, 8, 2, '80dc3772fd60c3b196f7c1bab2331881'],
  [2, 16, 1, 'e4a9a44b18ff2457c8e32f65ce9c6aab'],
  [16, 9, 3, '8c7fa8197021c8f90ee322ac9511607c'],
] as const

for (const [name, { argon2, scrypt, bcrypt }] of Object.entries({ own, web }))
  describe(name, () => {
    for (const [kind, version, memory, passes, lanes, tag] of ARGON2)
      test(`${kind}, version ${version}`, async () => {
        const parameters = { kind, version, memory, passes, lanes, size: 16 }
        assert.equal(base64(await argon2(utf8('pencil'), utf8('saltsalt'), parameters)), tag)
      })

    for (const [N, r, p, key] of SCRYPT)
      test(`scrypt, N=${N}, r=${r}, p=${p}`, async () => {
        const salt = fromHex('fedcba98765432100123456789abcdef')
        assert.equal(hex(await scrypt(utf8('pencil'), salt, { N, r, p, size: 16 })), key)
      })

    test('bcrypt', async () => {
      // libxcrypt 4.4.33.
      assert.equal(await bcrypt('pencil', 4, '9rw4kFXSKf./GyTlgYtL5u'), '.9V4/o7kYBWqfZECrL/oII6Svvyhxei')
    })
  })

test('Argon2 in JavaScript goes up to 64 MiB, and says what else there is', async () => {
  const parameters = {
    kind: 'argon2id',
    version: 0x13,
    memory: 65_536,
    passes: 1,
    lanes: 1,
    size: 0,
  } as const
  // What is refused is a tag of no octets, and by the package.
  await assert.rejects(
    nobleArgon2(utf8('pencil'), utf8('saltsalt'), parameters, ''),
    (error) => error instanceof Error && !(error instanceof StoredCredentialError),
  )
  await assert.rejects(web.argon2(utf8('pencil'), utf8('saltsalt'), { ...parameters, memory: 65_537 }), {
    problem: 'unavailable',
    scheme: 'argon2id',
    message: /65536 KiB .*; run where there is a native one$/,
  })
})

test('Argon2 in JavaScript has 16 lanes at most, for each begins without a rest', async () => {
  const parameters = { kind: 'argon2id', version: 0x13, memory: 136, passes: 1, size: 16 } as const
  assert.equal((await web.argon2(utf8('pencil'), utf8('saltsalt'), { ...parameters, lanes: 16 })).length, 16)
  await assert.rejects(web.argon2(utf8('pencil'), utf8('saltsalt'), { ...parameters, lanes: 17 }), {
    problem: 'unavailable',
    scheme: 'argon2id',
    message: /16 lanes .*; run where there is a native one$/,
  })
})
