/** Rules of SCRAM that its vectors do not show: RFC 5802 section 7, bounds, what is kept, and what errors mean. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { hashFunction } from '#crypto'
import { makeScramCredentials } from '../../src/credentials/make-scram-credentials.js'
import { SaslError } from '../../src/errors.js'
import { ClientExchange } from '../../src/exchange/client.js'
import { ServerExchange } from '../../src/exchange/server.js'
import { type ScramClientOptions, scramClient } from '../../src/mechanisms/scram/client.js'
import { decoysFor } from '../../src/mechanisms/scram/decoy.js'
import { keyIds } from '../../src/mechanisms/scram/key-ids.js'
import { parseClientFinal, parseClientFirst, parseServerFirst } from '../../src/mechanisms/scram/messages.js'
import { requireNonce } from '../../src/mechanisms/scram/nonce.js'
import { scramServer } from '../../src/mechanisms/scram/server.js'
import { requireVariant } from '../../src/mechanisms/scram/variant.js'
import { hex, text, utf8 } from '../../src/octets.js'

const decoySecret = utf8('sixteen octets at least')
const malformed = { reason: 'malformed' }

test('a first message that is none is malformed', () => {
  for (const message of [
    'n,,n_user,r=x',
    'n,,nzuser,r=x',
    'n,,n=,r=x',
    'n,,n=user,r=',
    'n,,n=user,r= x',
    'n,,n=user,rxx',
    'n,,mzx,n=user,r=x',
    `n,,n=user,r=${'x'.repeat(1025)}`,
    'n,,n=us\0er,r=x',
  ])
    assert.throws(() => parseClientFirst(utf8(message)), malformed, message)
  for (const nonce of ['!', '~', '+-', 'x'.repeat(1024)])
    assert.ok(parseClientFirst(utf8(`n,,n=user,r=${nonce}`)))
  for (const message of [
    'r=x,s=,i=1',
    'r=x,s=eA==,i=',
    'r=x,s=eA==,i=0',
    'r=x,s=eA==,i=01',
    'r=x,s=eA==,ix1',
  ])
    assert.throws(() => parseServerFirst(utf8(message)), malformed, message)
  assert.equal(parseServerFirst(utf8('r=x,s=eA==,i=1')).iterations, 1)
  assert.equal(parseServerFirst(utf8('r=x,s=eA==,i=1234567890')).iterations, 1_234_567_890)
  for (const count of ['10000000000', '12345678901'])
    assert.throws(() => parseServerFirst(utf8(`r=x,s=eA==,i=${count}`)), malformed)
})

test('a mandatory extension is malformed wherever it stands, and called by its name', () => {
  const mandatory = { ...malformed, message: 'a mandatory SCRAM extension' }
  assert.throws(() => parseClientFirst(utf8('n,,m=x,n=user,r=abc')), mandatory)
  assert.throws(() => parseClientFirst(utf8('n,,n=user,r=abc,m=x')), mandatory)
  assert.throws(() => parseServerFirst(utf8('r=abc,s=eA==,i=4096,m=x')), mandatory)
})

test('a final message whose nonce or binding is no such thing is malformed, and one with another is wrong', () => {
  const parse = (message: string) => parseClientFinal(utf8(message), utf8('biws'), utf8('xyz'))
  assert.deepEqual(
    [parse('c=biws,r=xyz,p=eA=='), parse('c=biws,r=abc,p=eA=='), parse('c=eSws,r=xyz,p=eA==')].map(
      ({ isNonceExpected, isBindingExpected }) => [isNonceExpected, isBindingExpected],
    ),
    [
      [true, true],
      [false, true],
      [true, false],
    ],
  )
  for (const message of [
    'c=biws,r=x\x7fz,p=eA==',
    'c=biws,r=x z,p=eA==',
    'c=!,r=xyz,p=eA==',
    'c=b,r=xyz,p=eA==',
    'c=biws,r=xyz',
    'c=biws,p=eA==',
    'c=biws,r=p=eA==',
    'c=biws,r=xyz,p=',
  ])
    assert.throws(() => parse(message), malformed, message)
})

test('a variant is one, from its first character to its last', () => {
  for (const variant of ['XSHA-256', 'SHA-256X', ' SHA-256', 'SHA3-256'])
    assert.throws(() => requireVariant(variant as never), RangeError)
  for (const variant of ['SHA-1', 'SHA-224', 'SHA-256-PLUS', 'SHA-384', 'SHA-512', 'SHA3-512-PLUS'] as const)
    requireVariant(variant)
})

test("a caller's nonce is printable, without a comma, and of 1,024 characters at most", () => {
  assert.equal(requireNonce('x'.repeat(1024)).length, 1024)
  for (const nonce of ['', 'x'.repeat(1025), 'a,b', 'a b', 'x\x7f'])
    assert.throws(() => requireNonce(nonce), RangeError)
})

test('decoys keep their salts, one beginning for all lengths, and may have any count from 1', async () => {
  const none = { scramCredentials: () => undefined }
  const saltOf = async (length: number, name = 'nobody'): Promise<Uint8Array> => {
    const decoy = decoysFor('SHA-256', none, { decoySecret, decoySaltLength: length, decoyIterations: 1 })
    const { salt, iterations } = await decoy(name, 32)
    assert.equal(iterations, 1)
    assert.equal(salt.length, length)
    return salt
  }
  const longest = await saltOf(1024)
  for (const length of [1, 15, 16, 17, 32, 33, 48])
    assert.deepEqual(await saltOf(length), longest.slice(0, length))
  assert.notDeepEqual(longest.slice(0, 16), longest.slice(16, 32))
  assert.notDeepEqual(longest.slice(16, 32), longest.slice(32, 48))
  assert.notDeepEqual(await saltOf(16, 'somebody'), longest.slice(0, 16))
  for (const options of [
    { decoyIterations: 0 },
    { decoyIterations: 1.5 },
    { decoySaltLength: 0 },
    { decoySaltLength: 1025 },
  ])
    assert.throws(() => decoysFor('SHA-256', none, { decoySecret, ...options }), RangeError)
})

test("a directory's own decoys are asked for by name and hash, and answer for who does not exist", async () => {
  const asked: unknown[] = []
  const fake = {
    salt: utf8('its own salt'),
    iterations: 5000,
    storedKey: new Uint8Array(32),
    serverKey: new Uint8Array(32),
  }
  const directory = {
    scramCredentials: () => undefined,
    decoy: (...what: unknown[]) => {
      asked.push(...what)
      return fake
    },
  }
  const exchange = new ServerExchange(scramServer('SHA-256', directory, { nonce: () => 'abc' }))
  const reply = await exchange.step(utf8('n,,n=nobody,r=x'))
  assert.equal(reply.kind === 'challenge' && text(reply.challenge), 'r=xabc,s=aXRzIG93biBzYWx0,i=5000')
  assert.deepEqual(asked, ['nobody', 'SHA-256'])
})

test('kept keys belong to a hash, a salt, a count, a password or a server, and a name', async () => {
  const sha256 = await hashFunction('SHA-256')
  const sha512 = await hashFunction('SHA-512')
  const first = { nonceEnd: 3, salt: utf8('salt'), iterations: 4096, offeredHash: undefined }
  const here = { secure: true, host: 'a.example', port: 5432, service: 'postgres' }
  const ask = () => 'pencil'
  const byPassword: readonly Parameters<ReturnType<typeof keyIds>>[] = [
    [sha256, first, 'pencil', here],
    [sha256, { ...first, salt: utf8('tlas') }, 'pencil', here],
    [sha256, { ...first, iterations: 4097 }, 'pencil', here],
    [sha256, first, 'pencils', here],
  ]
  const byServer: typeof byPassword = [
    [sha256, first, ask, here],
    [sha256, first, ask, { ...here, host: 'b.example' }],
    [sha256, first, ask, { ...here, port: 5433 }],
    [sha256, first, ask, { ...here, service: 'imap' }],
    [sha256, { ...first, salt: utf8('tlas') }, ask, here],
    [sha256, { ...first, iterations: 4097 }, ask, here],
  ]
  const all = [byPassword, byServer].flatMap((asked) => {
    const id = keyIds('tim')
    const ids = asked.map((each) => id(...each))
    // The same in any order: what came last makes no difference.
    for (const at of [3, 0, 0, 2, 1, 3, 1, 2, 0, 0]) assert.equal(id(...asked[at]!), ids[at])
    return ids
  })
  assert.equal(new Set(all).size, byPassword.length + byServer.length)
  assert.notEqual(keyIds('tom')(...byPassword[0]!), all[0])
  assert.notEqual(keyIds('tim')(sha512, first, 'pencil', here), all[0])
  for (const each of all) assert.doesNotMatch(each, /pencil/)
})

const credentials = { authcid: 'tim', password: 'pencil' }

/** A whole exchange; the server's keys are made by `keys`. */
async function logIn(
  options: ScramClientOptions,
  server: ServerExchange,
  password: string = 'pencil',
): Promise<void> {
  const client = new ClientExchange(scramClient('SHA-256', { ...credentials, password }, options))
  let reply = await server.step(await client.start())
  while (reply.kind === 'challenge') reply = await server.step(await client.challenge(reply.challenge))
  if (reply.kind === 'success') await client.success(reply.additionalData)
  else throw client.failure(reply.reason)
}

test('keys are kept once, when the server has proved itself, and used from then on', async () => {
  const keys = await makeScramCredentials('SHA-256', 'pencil', { iterations: 4096 })
  const serve = () =>
    new ServerExchange(scramServer('SHA-256', { scramCredentials: () => keys }, { decoySecret }))
  const kept: string[] = []
  const map = new Map()
  const keyCache = {
    get: (id: string) => map.get(id),
    set: (id: string, value: unknown) => {
      kept.push(id)
      return map.set(id, value)
    },
  }
  for (let i = 0; i < 3; i++) await logIn({ keyCache } as never, serve())
  assert.equal(kept.length, 1)
  await logIn({}, serve())
  await assert.rejects(logIn({ keyCache } as never, serve(), 'wrong'))
  assert.equal(kept.length, 1)
})

test('a password that is prepared as MongoDB does is prepared with the name', async () => {
  const digest = hex((await hashFunction('MD5')).digest(utf8('tim:mongo:pencil')))
  const keys = await makeScramCredentials('SHA-1', digest, { iterations: 4096 })
  const server = new ServerExchange(scramServer('SHA-1', { scramCredentials: () => keys }, { decoySecret }))
  const client = new ClientExchange(scramClient('SHA-1', credentials, { prepare: 'mongodb' }))
  let reply = await server.step(await client.start())
  while (reply.kind === 'challenge') reply = await server.step(await client.challenge(reply.challenge))
  assert.equal(reply.kind, 'success')
})

test('what the server calls wrong is our credentials, unless it says that somebody stands in between', async () => {
  const said = async (error: string): Promise<SaslError> => {
    const client = new ClientExchange(
      scramClient('SHA-256', credentials, { nonce: () => 'abc', iterations: [1, 1] }),
    )
    await client.start()
    await client.challenge(utf8('r=abcx,s=eA==,i=1'))
    try {
      await client.challenge(utf8(`e=${error}`))
    } catch (thrown) {
      assert.ok(thrown instanceof SaslError)
      return thrown
    }
    throw new Error('the error was taken for none')
  }
  assert.equal((await said('invalid-proof')).reason, 'invalid-credentials')
  assert.equal((await said('unknown-user')).reason, 'invalid-credentials')
  assert.equal((await said('channel-bindings-dont-match')).reason, 'server-not-authenticated')
  assert.equal((await said('server-does-support-channel-binding')).reason, 'server-not-authenticated')
  assert.equal((await said('x-channel-bindings-dont-match')).reason, 'invalid-credentials')
  assert.equal((await said('channel-bindings-dont-match-x')).reason, 'invalid-credentials')
  assert.equal((await said('x'.repeat(100))).message, `the server says "${'x'.repeat(64)}"`)
})

test('bounds on the count are whole numbers from 1, the least first', () => {
  const make = (iterations: readonly [number, number]) => scramClient('SHA-256', credentials, { iterations })
  for (const bounds of [
    [1, 1],
    [1, 2],
    [4096, 4096],
  ] as const)
    make(bounds)
  for (const bounds of [
    [0, 1],
    [2, 1],
    [1.5, 2],
    [1, Number.NaN],
    [-1, 1],
  ] as const)
    assert.throws(() => make(bounds), RangeError)
})

test('who could bind says so, by default, to a server that offers no binding', async () => {
  const flagOf = async (options: ScramClientOptions, data: number, tlsVersion?: string) => {
    const connection = {
      secure: true,
      channelBindings: [{ type: 'tls-exporter', data: new Uint8Array(data) }],
      ...(tlsVersion && { tlsVersion }),
    } as const
    const offered = { mechanisms: ['SCRAM-SHA-256'] }
    const client = new ClientExchange(scramClient('SHA-256', credentials, options), {
      connection,
      offered,
    } as never)
    return text((await client.start())!).slice(0, 2)
  }
  assert.equal(await flagOf({}, 32), 'y,')
  assert.equal(await flagOf({}, 0), 'n,')
  assert.equal(await flagOf({}, 0, 'TLSv1.3'), 'y,')
  assert.equal(await flagOf({ channelBinding: 'disable' }, 32), 'n,')
})
