/** crypt(3) at its smallest costs, made with libxcrypt 4.4.33, and the bounds of strength, limits and costs. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { CREDENTIAL_LIMITS, parseStoredCredential, verifyPassword } from '../../src/credentials/index.js'
import { refuseCosts } from '../../src/credentials/refuse-costs.js'
import { luaTable } from '../../src/credentials/schemes/scram/lua-table.js'
import { SCRAM_PRESETS } from '../../src/credentials/scram-presets.js'
import { strengthOfBcrypt, strengthOfIterations, strengthOfMemory } from '../../src/credentials/strength.js'
import { binary } from '../../src/octets/binary.js'

/** Of "pencil". */
const MADE: readonly (readonly [text: string, scheme: string, parameters: Record<string, number>])[] = [
  [
    '$y$j05$abcd$tx6Iz7T8x2h5QfKXc5bjiAs1nFf0Dp53JrE2i5Mk0M1',
    'yescrypt',
    { N: 8, r: 8, p: 1, t: 0, saltLength: 3 },
  ],
  [
    '$y$j05..$abcd$OmcY22uaSFC9zSIr4uo9lq58HHOYJhHHWKjCV6SmEz1',
    'yescrypt',
    { N: 8, r: 8, p: 2, t: 0, saltLength: 3 },
  ],
  [
    '$y$j05/.$abcd$aPZiYBjrwvx7n10Zlu0wfrgTbpg0tTK.QlnRjCNB/k5',
    'yescrypt',
    { N: 8, r: 8, p: 1, t: 1, saltLength: 3 },
  ],
  [
    '$y$j050..$abcd$cJHeBi3e5MOJnl669dw7oTLVoN/nW7.5DD4jOCHr1A5',
    'yescrypt',
    { N: 8, r: 8, p: 2, t: 1, saltLength: 3 },
  ],
  [
    '$y$j/.$abcd$.S5833vO6OCJK8e0WX2waGWvSs.3ynJqU3N2qQwBUS3',
    'yescrypt',
    { N: 4, r: 1, p: 1, t: 0, saltLength: 3 },
  ],
  [
    '$y$j3.$LdJMENpBABJJ3hIHjB1Bi.$mqnS5hIvBYE.CEQmm.BMxh1mKwNe5kALikcl6kSWoJ3',
    'yescrypt',
    { N: 64, r: 1, p: 1, t: 0, saltLength: 16 },
  ],
  [
    '$7$2/..../....abcd$oikWJV57gxJr/28KJWfyZgFPHETIZH1Y1oxZwcHGgp5',
    'scrypt',
    { N: 16, r: 1, p: 1, saltLength: 4, size: 32 },
  ],
]

for (const [text, scheme, parameters] of MADE)
  test(`${text.slice(0, 10)} is read, and fits its password and no other`, async () => {
    const stored = parseStoredCredential(text)
    assert.equal(stored.scheme, scheme)
    assert.equal(stored.format, 'crypt')
    assert.equal(stored.strength, 'weak')
    assert.deepEqual(stored.parameters, parameters)
    assert.equal(await verifyPassword(stored, 'pencil'), true)
    assert.equal(await verifyPassword(stored, 'pencils'), false)
    for (const hint of ['htpasswd', 'dovecot'] as const)
      assert.equal(parseStoredCredential(text, { hint }).format, hint)
    for (const altered of [`x${text}`, ` ${text}`, `${text}x`, `${text}\n`, text.slice(0, -1)])
      assert.throws(() => parseStoredCredential(altered), { name: 'StoredCredentialError' }, altered)
  })

for (const [text, scheme, strength] of [
  ['abJ32bJMdTsnY', 'des-crypt', 'broken'],
  ['$1$abcd$QAUIWiSLODOtSz9J37Vi80', 'md5-crypt', 'weak'],
  ['$5$rounds=1000$abcd$LmmQH7jcaxLLbuzgwDVO4Uj43QvrPTp0BdsP9QmFTFB', 'sha256-crypt', 'weak'],
  [
    '$6$rounds=1000$abcd$q1mixE3AGS.i.z9Jo5KidfC71bCmanxtTBatNba8Mp2.ZF4FlVfL/Hn37qq04C2MYMQVS6hjxQS2nSGS88hEH.',
    'sha512-crypt',
    'weak',
  ],
] as const)
  test(`${scheme} fits its password and no other`, async () => {
    const stored = parseStoredCredential(text, { hint: 'crypt' })
    assert.deepEqual([stored.scheme, stored.strength], [scheme, strength])
    assert.equal(await verifyPassword(stored, 'pencil'), true)
    assert.equal(await verifyPassword(stored, 'pencim'), false)
  })

test('yescrypt parameters that nothing can be computed with are refused', () => {
  const REST = '$abcd$tx6Iz7T8x2h5QfKXc5bjiAs1nFf0Dp53JrE2i5Mk0M1'
  for (const [parameters, problem] of [
    ['i05', 'unsupported'],
    ['j05.', 'malformed'],
    ['j05..x', 'malformed'],
    ['j..', 'malformed'],
    ['j051.', 'unsupported'],
    ['j05.0', 'malformed'],
    ['j0z', 'malformed'],
    ['jz05', 'malformed'],
    ['jR5', 'limit'],
    ['j/5.1', 'malformed'],
  ] as const)
    assert.throws(() => parseStoredCredential(`$y$${parameters}${REST}`), { problem }, parameters)
})

test('what is strong has 10,000 iterations, 7 MiB, or a bcrypt cost of 10', () => {
  assert.deepEqual([9999, 10_000].map(strengthOfIterations), ['weak', 'strong'])
  assert.deepEqual([7_340_031, 7_340_032].map(strengthOfMemory), ['weak', 'strong'])
  assert.deepEqual([9, 10].map(strengthOfBcrypt), ['weak', 'strong'])
})

test('presets have the counts, and the forms, that their names say', () => {
  const { owasp, kafka, postgres } = SCRAM_PRESETS
  assert.deepEqual(
    (['SHA-1', 'SHA-224', 'SHA-256', 'SHA-512', 'SHA3-512'] as const).map((hash) => owasp.iterations(hash)),
    [1_300_000, 600_000, 600_000, 210_000, 600_000],
  )
  assert.deepEqual([owasp.format, kafka.format, postgres.format], [undefined, 'kafka', 'postgresql'])
  assert.deepEqual([kafka.iterations('SHA-256'), postgres.iterations('SHA-256')], [16_384, 4096])
})

test('the limits are these', () => {
  assert.deepEqual(CREDENTIAL_LIMITS, {
    textLength: 16_384,
    saltLength: 1024,
    pbkdf2Iterations: 10_000_000,
    cryptRounds: 5_000_000,
    bcryptCost: 16,
    argon2Memory: 1_048_576,
    argon2Work: 4_194_304,
    scryptMemory: 1_073_741_824,
    scryptWork: 4_294_967_296,
    scryptLanes: 32_768,
    yescryptMemory: 268_435_456,
    yescryptWork: 1_073_741_824,
  })
})

test('each cost has a least and a most', () => {
  const BOUNDS: readonly (readonly [scheme: string, name: string, least: number, most: number])[] = [
    ['pbkdf2-sha256', 'iterations', 1000, 10_000_000],
    ['sha512-crypt', 'rounds', 1000, 5_000_000],
    ['yescrypt', 'cost', 1, 9],
    ['bcrypt', 'cost', 4, 16],
    ['argon2id', 'memory', 8, 1_048_576],
    ['argon2id', 'passes', 1, 215],
    ['scrypt', 'r', 1, 64],
    ['scrypt', 'p', 1, 32],
  ]
  for (const [scheme, name, least, most] of BOUNDS) {
    for (const fine of [least, most]) refuseCosts(scheme, { [name]: fine })
    for (const bad of [least - 1, most + 1, least + 0.5, Number.NaN])
      assert.throws(() => refuseCosts(scheme, { [name]: bad }), {
        name: 'RangeError',
        message: `${name}: a whole number from ${least} to ${most}`,
      })
  }
  refuseCosts('argon2id', { lanes: 255, memory: 2040 })
  for (const cost of [{ lanes: 0 }, { lanes: 256 }, { lanes: 255, memory: 2039 }])
    assert.throws(
      () => refuseCosts('argon2id', cost),
      /^RangeError: (?:lanes: a whole number from 1 to 255|memory: .* from 2040 to .*)$/,
    )
  for (const cost of [
    { N: 2, r: 256, p: 1 },
    { N: 2, r: 1, p: 256 },
    { N: 262_144, r: 1, p: 128 },
  ])
    refuseCosts('scrypt', cost)
  for (const cost of [
    { N: 2, r: 257, p: 1 },
    { N: 2, r: 1, p: 257 },
    { N: 2, r: 256, p: 2 },
    { N: 262_144, r: 1, p: 129 },
  ])
    assert.throws(
      () => refuseCosts('scrypt', cost),
      /^RangeError: [rp]: a whole number from 1 to (?:256|128|1)$/,
    )
  for (const N of [2, 1024]) refuseCosts('scrypt', { N })
  for (const N of [0, 1, 3, 1000, -2])
    assert.throws(() => refuseCosts('scrypt', { N }), /^RangeError: N: a power of 2$/)
})

test('a Lua table of strings and numbers is read as Lua reads it, and nothing else', () => {
  const read = (text: string) => {
    const table = luaTable(text)
    return table && [...table].map(([key, value]) => [key, typeof value === 'number' ? value : binary(value)])
  }
  const table = read(
    'return {\n\t["a_1 b-c"] = "x\\n\\r\\t\\a\\b\\f\\v\\\\\\"\\65\\x42\\009";\n\t["n"] = 12, ["y"] = true; ["z"] = nil };\n',
  )
  assert.deepEqual(
    [...(table ?? [])],
    [
      ['a_1 b-c', 'x\n\r\t\x07\b\f\v\\"AB\t'],
      ['n', 12],
    ],
  )
  assert.deepEqual(read('return {}'), [])
  assert.deepEqual(read(' return { ["a"] = "" } ; '), [['a', '']])
  for (const text of [
    '',
    'return',
    'return {',
    'xreturn {}',
    'return {} x',
    'return {}}',
    'return { ["a"] = "x" ["b"] = "y" }',
    'return { ["a"] = x }',
    'return { a = "x" }',
    'return { ["a"] = "\\256" }',
    'return { ["a"] = 1.5 }',
    'return { ["a"] = "x }',
  ])
    assert.equal(read(text), undefined, text)
})
