/** Hostile clients of PLAIN, LOGIN, CRAM-MD5, EXTERNAL and ANONYMOUS: vectors/attacks/simple-server.json, and what it lacks. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Connection } from '../../src/connection.js'
import { type MemoryAccount, memoryDirectory } from '../../src/credentials/memory-directory.js'
import type { PasswordVerifier } from '../../src/directory.js'
import type { FailureReason } from '../../src/errors.js'
import { type Authorize, ServerExchange, type ServerReply } from '../../src/exchange/server.js'
import { anonymousServer } from '../../src/mechanisms/anonymous.js'
import { cramMd5Server } from '../../src/mechanisms/cram-md5.js'
import { externalServer } from '../../src/mechanisms/external.js'
import { loginServer } from '../../src/mechanisms/login.js'
import { plainServer } from '../../src/mechanisms/plain.js'
import { concat, hex, type Octets, text, unbase64, utf8 } from '../../src/octets.js'
import type { NamePreparation } from '../../src/strings/prepare.js'
import { countPbkdf2 } from '../pbkdf2-calls.js'
import { fromHex, readVectors } from '../vectors.js'

interface Case {
  readonly id: string
  readonly expect: string
  readonly why?: string
}

const vectors = readVectors<{
  plain: (Case & { message_hex: string })[]
  login: (Case & { steps: string[] })[]
  cram_md5: {
    challenge: string
    username: string
    password: string
    cases: (Case & { response_hex: string })[]
  }
  external: (Case & { response_hex: string; tls: string })[]
  anonymous: (Case & { trace_hex: string })[]
}>('attacks/simple-server.json')

const secure: Connection = { secure: true }
const accounts: readonly MemoryAccount[] = [{ authcid: 'user', password: 'pencil' }]
const directory = await memoryDirectory(accounts, { hashes: [] })

/** The directory, with what it was asked. */
function watched() {
  const asked: (readonly [authcid: string, password: string])[] = []
  const verifier: PasswordVerifier = {
    verifyPassword(authcid, password, context) {
      asked.push([authcid, password])
      return directory.verifyPassword(authcid, password, context)
    },
  }
  return { asked, verifier }
}

function assertFailure(reply: ServerReply, reason: FailureReason): void {
  assert.ok(reply.kind === 'failure', reply.kind)
  assert.equal(reply.reason, reason)
}

/** A message, and what becomes of it: who gets in, or why nobody does; and what the directory was asked. */
type Row = readonly [
  name: string,
  message: Octets,
  end: { as: string } | FailureReason,
  asked?: readonly string[],
]

const plain = (...parts: readonly string[]) => utf8(parts.join('\0'))

const byId = new Map(vectors.plain.map(({ id, message_hex }) => [id, fromHex(message_hex)]))
const from = (id: string): Octets => byId.get(id)!

const PLAIN: readonly Row[] = [
  ['empty', from('empty'), 'malformed'],
  ['one-nul', from('one-nul'), 'malformed'],
  ['two-nul-end', from('two-nul-end'), 'malformed'],
  ['four-nul', from('four-nul'), 'malformed'],
  ['empty-authcid', from('empty-authcid'), 'malformed'],
  ['all-empty', from('all-empty'), 'malformed'],
  ['authzid-equal', from('authzid-equal'), { as: 'user' }, ['user']],
  ['authzid-case', from('authzid-case'), 'not-authorized', ['user']],
  ['utf8-bad-pass', from('utf8-bad-pass'), 'malformed'],
  ['user-lf', from('user-lf'), 'invalid-credentials'],
  ['user-crlf-inject', from('user-crlf-inject'), 'invalid-credentials'],
  ['user-proto', from('user-proto'), 'invalid-credentials', ['__proto__']],
  ['user-hasOwn', from('user-hasOwn'), 'invalid-credentials', ['hasOwnProperty']],
  ['user-soft-hyphen', from('user-soft-hyphen'), { as: 'user' }, ['user']],
  ['user-rtl', from('user-rtl'), 'invalid-credentials'],
  ['user-upper', from('user-upper'), 'invalid-credentials', ['User']],
  ['256-name', from('256-name'), 'invalid-credentials'],
  ['good', plain('', 'user', 'pencil'), { as: 'user' }, ['user']],
  ['no NUL at all', plain('user'), 'malformed'],
  ['a name and one NUL', plain('user', ''), 'malformed'],
  ['NUL behind the password', plain('', 'user', 'pass', ''), 'malformed'],
  ['NUL in the password', plain('', 'user', 'pa', 'ss'), 'malformed'],
  ['an authzid and no authcid', plain('admin', '', 'pencil'), 'malformed'],
  ['overlong UTF-8 in the name', concat(utf8('\0us'), fromHex('c080'), utf8('er\0pencil')), 'malformed'],
  ['a lone surrogate in the name', concat(utf8('\0us'), fromHex('eda080'), utf8('er\0pencil')), 'malformed'],
  ['UTF-8 that is cut off', concat(utf8('\0user\0penc'), fromHex('c3')), 'malformed'],
  ['TAB in the name', plain('', 'us\ter', 'pencil'), 'invalid-credentials'],
  [
    'TAB in the password, which is its own affair',
    plain('', 'user', 'pen\tcil'),
    'invalid-credentials',
    ['user'],
  ],
  ['a control character in the authzid', plain('ad\nmin', 'user', 'pencil'), 'malformed'],
  ['full-width letters', plain('', '\uff55\uff53\uff45\uff52', 'pencil'), { as: 'user' }, ['user']],
  [
    'a Cyrillic letter that looks Latin',
    plain('', 'us\u0435r', 'pencil'),
    'invalid-credentials',
    ['us\u0435r'],
  ],
  ['a byte order mark in the name', plain('', '\ufeffuser', 'pencil'), { as: 'user' }, ['user']],
  ['a name of nothing but what is mapped away', plain('', '\u00ad', 'pencil'), 'invalid-credentials'],
  ['a space behind the name', plain('', 'user ', 'pencil'), 'invalid-credentials', ['user ']],
  ['constructor', plain('', 'constructor', 'x'), 'invalid-credentials', ['constructor']],
  ['a name of 255 octets', plain('', 'a'.repeat(255), 'x'), 'invalid-credentials', ['a'.repeat(255)]],
  ['a name of 256 octets', plain('', 'a'.repeat(256), 'x'), 'invalid-credentials'],
  ['a name of 256 octets in 128 characters', plain('', '\u00e9'.repeat(128), 'x'), 'invalid-credentials'],
  [
    'a name of 254 octets in 127 characters',
    plain('', '\u00e9'.repeat(127), 'x'),
    'invalid-credentials',
    ['\u00e9'.repeat(127)],
  ],
  [
    'a name of 1,020 characters of which four are left',
    plain('', `user${'\u00ad'.repeat(1016)}`, 'pencil'),
    { as: 'user' },
    ['user'],
  ],
  [
    'a name of 1,021 characters of which four are left',
    plain('', `user${'\u00ad'.repeat(1017)}`, 'pencil'),
    'invalid-credentials',
  ],
  ['1 MiB', plain('', 'user', 'x'.repeat(1 << 20)), 'limit-exceeded'],
]

test('each PLAIN case of the file stands in the table', () => {
  const names = new Set(PLAIN.map(([name]) => name))
  for (const id of byId.keys()) assert.ok(names.has(id), id)
})

for (const [name, message, end, names = []] of PLAIN)
  test(`PLAIN server, ${name}: ${typeof end === 'string' ? end : `in as ${end.as}`}`, async () => {
    const { asked, verifier } = watched()
    const exchange = new ServerExchange(plainServer(verifier), { connection: secure })
    const derivations = await countPbkdf2('SHA-256', async () => {
      const reply = await exchange.step(message)
      if (typeof end === 'string') assertFailure(reply, end)
      else assert.equal(reply.kind === 'success' && reply.identity.authcid, end.as)
    })
    assert.equal(derivations, 0)
    assert.deepEqual(
      asked.map(([authcid]) => authcid),
      names,
    )
    assert.throws(() => exchange.step(plain('', 'user', 'pencil')), TypeError)
  })

test('PLAIN server: how names are prepared is a choice', async () => {
  for (const [prepare, sent, name] of [
    ['precis', 'User', 'user'],
    ['precis-case-preserved', 'User', 'User'],
    ['none', 'us\u00ader', 'us\u00ader'],
    ['saslprep', 'us\u00ader', 'user'],
  ] as const satisfies readonly (readonly [NamePreparation, string, string])[]) {
    const asked: string[] = []
    const verifyPassword = (authcid: string) => {
      asked.push(authcid)
      return true
    }
    const exchange = new ServerExchange(plainServer({ verifyPassword }, { prepare }), { connection: secure })
    assert.equal((await exchange.step(plain('', sent, 'x'))).kind, 'success')
    assert.deepEqual(asked, [name], prepare)
  }
})

test('PLAIN server: with no preparation, control characters still reach no directory', async () => {
  const { asked, verifier } = watched()
  for (const name of ['us\ner', 'us\u0085er', '\u007f']) {
    const exchange = new ServerExchange(plainServer(verifier, { prepare: 'none' }), { connection: secure })
    assertFailure(await exchange.step(plain('', name, 'x')), 'invalid-credentials')
  }
  assert.deepEqual(asked, [])
})

// ── LOGIN ───────────────────────────────────────────────────────────────────────────────────────

/** What the file does not say in its `steps`: an empty first step is a client without initial response. */
const runLogin = async (steps: readonly (Octets | undefined)[]) => {
  const { asked, verifier } = watched()
  const exchange = new ServerExchange(loginServer(verifier), { connection: secure })
  const replies: ServerReply[] = []
  for (const step of steps) {
    replies.push(await exchange.step(step))
    if (replies.at(-1)!.kind !== 'challenge') break
  }
  return { asked, replies, exchange }
}

for (const { id, steps, expect } of vectors.login)
  test(`LOGIN server, ${id}: ${expect}`, async () => {
    const messages = steps.map((step, at) => (at === 0 && step === '' ? undefined : step))
    if (messages.at(-1) === '*') {
      const { asked, exchange } = await runLogin(
        messages.slice(0, -1).map((step) => (step === undefined ? undefined : unbase64(step))),
      )
      assertFailure(exchange.abort(), 'aborted')
      assert.deepEqual(asked, [])
      return
    }
    const { asked, replies } = await runLogin(
      messages.map((step) => (step === undefined ? undefined : unbase64(step))),
    )
    const last = replies.at(-1)!
    if (expect.startsWith('accept')) {
      assert.equal(last.kind === 'success' && last.identity.authcid, 'user')
      const prompts = replies.flatMap((reply) => (reply.kind === 'challenge' ? [text(reply.challenge)] : []))
      assert.deepEqual(prompts, ['Username:', 'Password:'])
      assert.deepEqual(asked, [['user', 'pencil']])
    } else {
      assertFailure(last, 'malformed')
      assert.deepEqual(asked, [])
    }
  })

test('LOGIN server: the name may come as an initial response, and an empty one is none', async () => {
  const { asked, replies } = await runLogin([utf8('user'), utf8('pencil')])
  assert.equal(replies.at(-1)!.kind, 'success')
  assert.deepEqual(asked, [['user', 'pencil']])
  assertFailure((await runLogin([new Uint8Array(0)])).replies[0]!, 'malformed')
})

test('LOGIN server: a third message is the fault of the caller', async () => {
  const { exchange } = await runLogin([undefined, utf8('user'), utf8('pencil')])
  assert.throws(() => exchange.step(utf8('more')), TypeError)
})

test('LOGIN server: names are bounded and prepared as for PLAIN', async () => {
  for (const [name, end] of [
    ['a'.repeat(256), 'invalid-credentials'],
    ['us\ner', 'invalid-credentials'],
    ['__proto__', 'invalid-credentials'],
    ['a'.repeat(1025), 'limit-exceeded'],
  ] as const) {
    const { replies } = await runLogin([undefined, utf8(name), utf8('pencil')])
    assertFailure(replies.at(-1)!, end)
  }
  const { replies } = await runLogin([undefined, utf8('us\u00ader'), utf8('pencil')])
  assert.equal(replies.at(-1)!.kind, 'success')
  for (const ill of ['ff', 'c080'])
    assertFailure((await runLogin([undefined, fromHex(ill)])).replies.at(-1)!, 'malformed')
})

// ── CRAM-MD5 ────────────────────────────────────────────────────────────────────────────────────

const cram = vectors.cram_md5

const runCram = async (response: Octets, username = cram.username) => {
  const asked: string[] = []
  const secret = (authcid: string) => {
    asked.push(authcid)
    return authcid === username ? cram.password : undefined
  }
  const exchange = new ServerExchange(cramMd5Server({ secret }, { challenge: () => cram.challenge }))
  const first = await exchange.step(undefined)
  assert.equal(first.kind === 'challenge' && text(first.challenge), cram.challenge)
  const reply = await exchange.step(response)
  assert.throws(() => exchange.step(response), TypeError)
  return { asked, reply }
}

for (const { id, response_hex, expect, why } of cram.cases)
  test(`CRAM-MD5 server, ${id}: ${expect}${why && ` (${why})`}`, async () => {
    const { asked, reply } = await runCram(fromHex(response_hex))
    if (expect === 'accept') {
      assert.equal(reply.kind === 'success' && reply.identity.authcid, cram.username)
      assert.deepEqual(asked, [cram.username])
    } else {
      assertFailure(reply, 'malformed')
      assert.deepEqual(asked, [])
    }
  })

const DIGEST = 'b913a602c7eda7a495b4e6e7334d3890'

for (const [name, response, end, asked = []] of [
  ['an empty response', '', 'malformed'],
  ['upper-case digits', `tim ${DIGEST.toUpperCase()}`, 'malformed'],
  ['33 digits', `tim ${DIGEST}0`, 'malformed'],
  ['no name', ` ${DIGEST}`, 'malformed'],
  ['a line end', `tim ${DIGEST}\n`, 'malformed'],
  ['NUL in the name', `t\0im ${DIGEST}`, 'malformed'],
  ['a name with spaces', `tim tim ${DIGEST}`, 'invalid-credentials', ['tim tim']],
  ['another name', `tom ${DIGEST}`, 'invalid-credentials', ['tom']],
  ['a name on a prototype', `__proto__ ${DIGEST}`, 'invalid-credentials', ['__proto__']],
  ['one digit off', `tim ${DIGEST.replace(/0$/, '1')}`, 'invalid-credentials', ['tim']],
  ['a control character in the name', `ti\u0007m ${DIGEST}`, 'invalid-credentials'],
] as const)
  test(`CRAM-MD5 server, ${name}: ${end}`, async () => {
    const { asked: names, reply } = await runCram(utf8(response))
    assertFailure(reply, end)
    assert.deepEqual(names, asked)
  })

test('CRAM-MD5 server: a name with spaces in it gets in, for the digest is behind the last one', async () => {
  const { reply } = await runCram(utf8(`tim von b ${DIGEST}`), 'tim von b')
  assert.equal(reply.kind === 'success' && reply.identity.authcid, 'tim von b')
})

test('CRAM-MD5 server: what stands for an unknown user lets nobody in', async () => {
  const { createHmac } = await import('node:crypto')
  for (const key of ['', ' ', '\0', 'undefined']) {
    const digest = createHmac('md5', key).update(cram.challenge).digest('hex')
    assertFailure((await runCram(utf8(`nobody ${digest}`))).reply, 'invalid-credentials')
  }
})

test('CRAM-MD5 server: an initial response is refused, an empty one too', async () => {
  for (const response of [new Uint8Array(0), fromHex(cram.cases[0]!.response_hex)]) {
    const exchange = new ServerExchange(
      cramMd5Server({ secret: () => cram.password }, { challenge: () => cram.challenge }),
    )
    assertFailure(await exchange.step(response), 'malformed')
  }
})

// ── EXTERNAL ────────────────────────────────────────────────────────────────────────────────────

/** What the node entrance makes of these certificates is tested with it; here stands what it hands on. */
const EXTERNAL: Readonly<Record<string, { identity?: string; end: { as: string } | FailureReason }>> = {
  'empty-with-cert': { identity: 'user', end: { as: 'user' } },
  'other-authzid': { identity: 'user', end: 'not-authorized' },
  'unverified-cert': { end: 'invalid-credentials' },
  'cn-injection': { identity: 'user', end: { as: 'user' } },
  'san-nul': { end: 'invalid-credentials' },
  'bad-utf8': { identity: 'user', end: 'malformed' },
}

const runExternal = (response: Octets, externalIdentity?: string, authorize?: Authorize) =>
  new ServerExchange(externalServer(), { connection: { secure: true, externalIdentity }, authorize }).step(
    response,
  )

for (const { id, response_hex, tls, expect } of vectors.external)
  test(`EXTERNAL server, ${id} (${tls}): ${expect}`, async () => {
    const { identity, end } = EXTERNAL[id]!
    const reply = await runExternal(fromHex(response_hex), identity)
    if (typeof end === 'string') assertFailure(reply, end)
    else assert.equal(reply.kind === 'success' && reply.identity.authcid, end.as)
  })

test('EXTERNAL server: the identity is the one of the layer below, whatever the client types', async () => {
  for (const typed of ['user', '__proto__', 'constructor']) {
    assertFailure(await runExternal(utf8(typed)), 'invalid-credentials')
    const reply = await runExternal(utf8(typed), 'certificate', () => true)
    assert.deepEqual(reply.kind === 'success' && reply.identity, { authcid: 'certificate', authzid: typed })
  }
  for (const empty of ['', undefined])
    assertFailure(await runExternal(utf8(''), empty), 'invalid-credentials')
})

test('EXTERNAL server: NUL, controls and 1,025 octets are refused', async () => {
  assertFailure(await runExternal(utf8('us\0er'), 'user', () => true), 'malformed')
  assertFailure(await runExternal(utf8('us\r\ner'), 'user', () => true), 'malformed')
  assertFailure(await runExternal(utf8('a'.repeat(1025)), 'user', () => true), 'limit-exceeded')
})

// ── ANONYMOUS ───────────────────────────────────────────────────────────────────────────────────

const runAnonymous = (trace: Octets) =>
  new ServerExchange(anonymousServer(), { connection: secure }).step(trace)

for (const { id, trace_hex, expect } of vectors.anonymous)
  test(`ANONYMOUS server, ${id}: ${expect}`, async () => {
    const reply = await runAnonymous(fromHex(trace_hex))
    if (!expect.startsWith('accept')) return assertFailure(reply, 'malformed')
    assert.ok(reply.kind === 'success')
    assert.equal(reply.identity.authcid, 'anonymous')
    assert.equal(hex(utf8(reply.identity.anonymous?.trace ?? '')), trace_hex)
  })

for (const [name, trace, accepted] of [
  ['an email address', 'sirhc@example.com', true],
  ['255 characters of four octets', '\u{1f600}'.repeat(255), true],
  ['256 characters', 'a'.repeat(256), false],
  ['LF', 'a\nb', false],
  ['CRLF', 'a\r\nb', false],
  ['ESC', 'a\u001b[2J', false],
  ['DEL', 'a\u007f', false],
  ['a C1 control', 'a\u0085', false],
  ['a line separator', 'a\u2028b', false],
  ['a right-to-left override', 'a\u202eb', false],
  ['a private-use character', 'a\ue000', false],
  ['an unassigned code point', 'a\u{e0fff}', false],
  ['the replacement character', 'a\ufffd', false],
] as const)
  test(`ANONYMOUS server, ${name}: ${accepted ? 'accepted' : 'refused'}`, async () => {
    const reply = await runAnonymous(utf8(trace))
    if (accepted) assert.equal(reply.kind === 'success' && reply.identity.anonymous?.trace, trace)
    else assertFailure(reply, 'malformed')
  })

test('ANONYMOUS server: nobody chooses who they are', async () => {
  const reply = await runAnonymous(utf8('admin'))
  assert.equal(reply.kind === 'success' && reply.identity.authcid, 'anonymous')
  const named = await new ServerExchange(anonymousServer({ authcid: 'guest' }), { connection: secure }).step(
    utf8('admin'),
  )
  assert.equal(named.kind === 'success' && named.identity.authcid, 'guest')
})
