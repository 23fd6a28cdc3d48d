/** SCRAM keys in the ways in which systems write them: what is read of each, and nothing is computed. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  type CredentialFormat,
  convert,
  parseStoredCredential,
  type ScramFormat,
  StoredCredentialError,
} from '../../src/credentials/index.js'
import type { ScramHash } from '../../src/directory.js'
import { base64, hex } from '../../src/octets.js'

const SIZES = { 'SHA-1': 20, 'SHA-256': 32, 'SHA-512': 64 } as const
const octets = (length: number, of: number) => new Uint8Array(length).fill(of)
const SALT = octets(16, 0x73)
const ITERATIONS = 4096

/** The keys of a hash, as octets and in the two encodings. */
function keys(hash: keyof typeof SIZES) {
  const [stored, server] = [octets(SIZES[hash], 1), octets(SIZES[hash], 2)]
  return {
    held: { iterations: ITERATIONS, salt: SALT, storedKey: stored, serverKey: server },
    stored: base64(stored),
    server: base64(server),
    storedHex: hex(stored),
    serverHex: hex(server),
  }
}

const [one, two, five] = [keys('SHA-1'), keys('SHA-256'), keys('SHA-512')]
const salt = base64(SALT)
const row = (fields: Readonly<Record<string, unknown>>) =>
  JSON.stringify({ serverkey: two.server, salt, iterationcount: ITERATIONS, ...fields })
const mongodb = (count: unknown) =>
  JSON.stringify({
    'SCRAM-SHA-256': { iterationCount: count, salt, storedKey: two.stored, serverKey: two.server },
  })
const prosodyFields = `["iteration_count"] = 4096; ["salt"] = "${'s'.repeat(16)}"; ["server_key"] = "${one.serverHex}"; ["stored_key"] = "${one.storedHex}"`
const prosodyJson = `"iteration_count":4096,"salt":"${'s'.repeat(16)}","server_key":"${two.serverHex}","stored_key":"${two.storedHex}"`

const READ: readonly (readonly [
  what: string,
  text: string,
  hash: keyof typeof SIZES,
  format: CredentialFormat,
  preparation: string,
])[] = [
  ['RFC 5803', `SCRAM-SHA-1$4096:${salt}$${one.stored}:${one.server}`, 'SHA-1', 'rfc5803', 'unknown'],
  [
    'PostgreSQL',
    `SCRAM-SHA-256$4096:${salt}$${two.stored}:${two.server}`,
    'SHA-256',
    'postgresql',
    'postgresql',
  ],
  [
    'RFC 5803 with spaces',
    ` SCRAM-SHA-256 $ 4096:${salt} $ ${two.stored}:${two.server} `,
    'SHA-256',
    'rfc5803',
    'unknown',
  ],
  ['Dovecot', `{SCRAM-SHA-1}4096,${salt},${one.stored},${one.server}`, 'SHA-1', 'dovecot', 'unknown'],
  [
    'GNU SASL with --verbose',
    `{SCRAM-SHA-1}4096,${salt},${one.stored},${one.server},${'ab'.repeat(20)}`,
    'SHA-1',
    'gsasl',
    'saslprep',
  ],
  [
    'Kafka, SHA-256',
    `salt=${salt},stored_key=${two.stored},server_key=${two.server},iterations=4096`,
    'SHA-256',
    'kafka',
    'none',
  ],
  [
    'Kafka, SHA-512, in another order',
    `iterations=4096,server_key=${five.server},stored_key=${five.stored},salt=${salt}`,
    'SHA-512',
    'kafka',
    'none',
  ],
  ['MongoDB', mongodb(ITERATIONS), 'SHA-256', 'mongodb', 'mongodb'],
  ['MongoDB, Extended JSON', mongodb({ $numberInt: '4096' }), 'SHA-256', 'mongodb', 'mongodb'],
  ['MongoDB, a 64-bit count', mongodb({ $numberLong: '4096' }), 'SHA-256', 'mongodb', 'mongodb'],
  [
    'MongoDB, over several lines',
    `\n{\n  "SCRAM-SHA-256" : ${mongodb(ITERATIONS).slice('{"SCRAM-SHA-256":'.length)}\n`,
    'SHA-256',
    'mongodb',
    'mongodb',
  ],
  ...['_id', 'userId', 'user', 'db'].map(
    (first) =>
      [
        `MongoDB, a document that begins with ${first}`,
        `{"${first}":"x","credentials":${mongodb(ITERATIONS)}}`,
        'SHA-256',
        'mongodb',
        'mongodb',
      ] as const,
  ),
  ...(
    [
      ['', 'SHA-1', one],
      ['sha,', 'SHA-1', one],
      ['sha256,', 'SHA-256', two],
      ['sha512,', 'SHA-512', five],
    ] as const
  ).map(
    ([atom, hash, { stored, server }]) =>
      [
        `ejabberd, a record with "${atom}"`,
        `{scram,<<"${stored}">>,<<"${server}">>,<<"${salt}">>,${atom}4096}`,
        hash,
        'ejabberd',
        'saslprep',
      ] as const,
  ),
  ...(
    [
      ['without type', row({ password: one.stored, serverkey: one.server }), 'SHA-1'],
      ['of type 0', row({ type: 0, password: one.stored, serverkey: one.server }), 'SHA-1'],
      ['of type 2', row({ type: 2, password: one.stored, serverkey: one.server }), 'SHA-1'],
      ['of type 3', row({ type: 3, password: two.stored }), 'SHA-256'],
      ['of type 4', row({ type: 4, password: five.stored, serverkey: five.server }), 'SHA-512'],
      ['with sha256 before the key', row({ type: 0, password: `sha256:${two.stored}` }), 'SHA-256'],
      [
        'with sha512 before the key',
        row({ password: `sha512:${five.stored}`, serverkey: five.server }),
        'SHA-512',
      ],
      [
        'over several lines',
        `\n ${JSON.stringify({ password: `sha256:${two.stored}`, serverkey: two.server, salt, iterationcount: ITERATIONS }, null, 1).replaceAll('":', '" :')}\n`,
        'SHA-256',
      ],
    ] as const
  ).map(([what, text, hash]) => [`ejabberd, a row ${what}`, text, hash, 'ejabberd', 'saslprep'] as const),
  ['Prosody', `return { ${prosodyFields}; };\n`, 'SHA-1', 'prosody', 'unknown'],
  ['Prosody without spaces', `return{${prosodyFields.replaceAll(' ', '')}}`, 'SHA-1', 'prosody', 'unknown'],
  [
    'Prosody with more of them',
    `\n  return  {\n${prosodyFields.replaceAll(' ', '  ')}  }`,
    'SHA-1',
    'prosody',
    'unknown',
  ],
  ['Prosody in JSON', `{${prosodyJson}}`, 'SHA-256', 'prosody', 'unknown'],
  [
    'Prosody in JSON over several lines',
    `\n { ${prosodyJson.replaceAll('":', '" : ')} }\n`,
    'SHA-256',
    'prosody',
    'unknown',
  ],
]

for (const [what, text, hash, format, preparation] of READ)
  test(`${what}: read, and its keys are there`, async () => {
    const stored = parseStoredCredential(text)
    assert.equal(stored.scheme, `SCRAM-${hash}`)
    assert.deepEqual([stored.format, stored.preparation, stored.strength], [format, preparation, 'weak'])
    assert.deepEqual(stored.serves, [`SCRAM-${hash}`, 'password'])
    assert.deepEqual(stored.parameters, { iterations: ITERATIONS, saltLength: 16 })
    assert.deepEqual(await stored.scramCredentials(hash), keys(hash).held)
    assert.equal(stored.scramCredentials('SHA-384'), undefined)
    assert.equal(stored.secret, undefined)
    // Nothing before it, and nothing behind it.
    assert.throws(() => parseStoredCredential(`x${text}`), { problem: 'unknown' })
    assert.throws(() => parseStoredCredential(`${text}x`), StoredCredentialError)
    assert.throws(() => parseStoredCredential(`${text}x`, { hint: format }), StoredCredentialError)
  })

test('what has no SCRAM keys answers no hash', () => {
  const stored = parseStoredCredential('{SHA}0vxRJJChUDZGC1SJQBQ51tpUB/o=')
  assert.equal(stored.scramCredentials('SHA-256'), undefined)
})

const passlib = (hash: string, length: number) => `${hash}=${base64(octets(length, 3)).replace(/=+$/, '')}`

test('passlib has one salt for several hashes, and the keys follow from what it keeps', async () => {
  // What passlib made of "tanstaaftanstaaf"; sha-1 and sha-256 alone.
  const text =
    '$scram$4096$mBMCoBQixPh/7x3j$md5=AAAA,sha-1=QqnO5gAvPBJZiCuPBDgNO1MAHH8,sha-256=Jd6Nkbv/RVzNGRGV44dtobcaq6PtCYg4H7jJKSpMO/E'
  const stored = parseStoredCredential(text)
  assert.deepEqual([stored.scheme, stored.format, stored.preparation], ['SCRAM', 'passlib', 'saslprep'])
  assert.deepEqual(stored.serves, ['SCRAM-SHA-256', 'SCRAM-SHA-1', 'password'])
  const held = await stored.scramCredentials('SHA-1')
  assert.deepEqual([held?.iterations, held?.salt.length, held?.storedKey.length], [4096, 12, 20])
  assert.equal(await stored.scramCredentials('SHA-512'), undefined)
  // The salted password goes back as it was.
  assert.equal(
    (await convert(stored, 'passlib', { hash: 'SHA-1' })).text,
    '$scram$4096$mBMCoBQixPh/7x3j$sha-1=QqnO5gAvPBJZiCuPBDgNO1MAHH8',
  )
  for (const digests of [
    `!${passlib('sha-256', 32)}`,
    `${passlib('sha-256', 32)}!`,
    `${passlib('sha-256', 32)},`,
    'sha-256',
    'sha-256=',
  ])
    assert.throws(
      () => parseStoredCredential(`$scram$4096$mBMCoBQixPh/7x3j$${digests}`),
      { problem: 'malformed', scheme: 'SCRAM (passlib)' },
      digests,
    )
})

const scram = (hash: ScramHash, iterations = ITERATIONS) => {
  const { stored, server } = keys(hash as keyof typeof SIZES)
  return parseStoredCredential(`SCRAM-${hash}$${iterations}:${salt}$${stored}:${server}`)
}

test('keys go from one system to another as they are', async () => {
  for (const [hash, to, text] of [
    ['SHA-1', 'rfc5803', `SCRAM-SHA-1$4096:${salt}$${one.stored}:${one.server}`],
    ['SHA-1', 'dovecot', `{SCRAM-SHA-1}4096,${salt},${one.stored},${one.server}`],
    ['SHA-256', 'gsasl', `{SCRAM-SHA-256}4096,${salt},${two.stored},${two.server}`],
    ['SHA-512', 'kafka', `salt=${salt},stored_key=${five.stored},server_key=${five.server},iterations=4096`],
    ['SHA-256', 'postgresql', `SCRAM-SHA-256$4096:${salt}$${two.stored}:${two.server}`],
    ['SHA-256', 'mongodb', mongodb(ITERATIONS)],
    ['SHA-1', 'ejabberd', `{scram,<<"${one.stored}">>,<<"${one.server}">>,<<"${salt}">>,sha,4096}`],
    ['SHA-512', 'ejabberd', `{scram,<<"${five.stored}">>,<<"${five.server}">>,<<"${salt}">>,sha512,4096}`],
    [
      'SHA-1',
      'prosody',
      `return {\n\t["iteration_count"] = 4096;\n\t["salt"] = "${'s'.repeat(16)}";\n\t["server_key"] = "${one.serverHex}";\n\t["stored_key"] = "${one.storedHex}";\n};\n`,
    ],
  ] as const)
    assert.equal((await convert(scram(hash), to)).text, text)
})

test('of a salt, what is not printable is escaped for Prosody, whatever follows', async () => {
  const raw = Uint8Array.of(0x41, 9, 0x31, 0, 0x22, 0x5c, 0x7f, 0xff)
  const { stored, server } = one
  const before = parseStoredCredential(`SCRAM-SHA-1$4096:${base64(raw)}$${stored}:${server}`)
  const { text } = await convert(before, 'prosody')
  assert.ok(text.includes('["salt"] = "A\\0091\\000\\034\\092\\127\\255";'), text)
  assert.deepEqual((await parseStoredCredential(text).scramCredentials('SHA-1'))?.salt, raw)
})

test('a salt in a Lua file is read as Lua reads it', async () => {
  const { storedHex, serverHex } = one
  for (const [written, raw] of [
    ['a\\\nb', 'a\nb'],
    ['a\\ b\\"', 'a b"'],
    ['\\255\\0', '\u00ff\0'],
    ['\n', '\n'],
  ] as const) {
    const text = `return {["iteration_count"]=1,["salt"]="${written}",["server_key"]="${serverHex}",["stored_key"]="${storedHex}"}`
    const read = await parseStoredCredential(text).scramCredentials('SHA-1')
    assert.equal(Buffer.from(read!.salt).toString('latin1'), raw)
  }
})

test('how the password was prepared goes along, but for what is a rule of MongoDB alone', async () => {
  const fromMongodb = await convert(parseStoredCredential(mongodb(ITERATIONS)), 'rfc5803')
  assert.equal(fromMongodb.preparation, 'saslprep')
  const fromDovecot = parseStoredCredential(`{SCRAM-SHA-256}4096,${salt},${two.stored},${two.server}`, {
    hint: 'dovecot',
  })
  assert.equal((await convert(fromDovecot, 'rfc5803')).preparation, 'none')
})

test('Kafka is given as many iterations as it takes', async () => {
  for (const iterations of [4096, 16_384])
    assert.equal((await convert(scram('SHA-256', iterations), 'kafka')).parameters.iterations, iterations)
  for (const iterations of [4095, 16_385])
    await assert.rejects(convert(scram('SHA-256', iterations), 'kafka'), RangeError)
  assert.equal((await convert(scram('SHA-256', 1), 'rfc5803')).parameters.iterations, 1)
})

test('keys go to no system that has not their hash, nor where the salted password is wanted', async () => {
  for (const [hash, to] of [
    ['SHA-1', 'postgresql'],
    ['SHA-1', 'kafka'],
    ['SHA-1', 'mongodb'],
    ['SHA-512', 'mongodb'],
    ['SHA-512', 'prosody'],
    ['SHA-512', 'dovecot'],
    ['SHA-256', 'passlib'],
    ['SHA-256', 'constructor'],
  ] as const)
    await assert.rejects(convert(scram(hash), to as ScramFormat), RangeError, `${hash} to ${to}`)
})
