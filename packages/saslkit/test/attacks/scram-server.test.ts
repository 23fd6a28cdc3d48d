/** Hostile clients against the server half of SCRAM-SHA-256: vectors/attacks/scram-server.json, and what it lacks. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Connection, Offered } from '../../src/connection.js'
import type { ScramLookup } from '../../src/directory.js'
import { ServerExchange, type ServerReply } from '../../src/exchange/server.js'
import { scramServer } from '../../src/mechanisms/scram/server.js'
import type { ScramVariant } from '../../src/mechanisms/scram/variant.js'
import { saslServer } from '../../src/negotiation/server.js'
import { base64, concat, type Octets, text, unbase64, utf8 } from '../../src/octets.js'
import { countPbkdf2 } from '../pbkdf2-calls.js'
import { fromHex, readVectors } from '../vectors.js'

interface FirstCase {
  readonly id: string
  readonly client_first_hex: string
  readonly expect: string
  readonly why: string
  readonly looks_up?: string
  readonly server_state?: {
    readonly mechanism?: `SCRAM-${ScramVariant}`
    readonly plus_offered?: boolean
    readonly require?: boolean
  }
}

interface FinalCase {
  readonly id: string
  readonly client_first: string
  readonly server_first: string
  readonly client_final_hex: string
  readonly expect: 'accept' | 'reject'
  readonly why: string
}

const { setup, client_first, client_final } = readVectors<{
  setup: {
    username: string
    salt_b64: string
    iterations: number
    server_nonce: string
    stored_key_b64: string
    server_key_b64: string
  }
  client_first: FirstCase[]
  client_final: FinalCase[]
}>('attacks/scram-server.json')

const credentials = {
  salt: unbase64(setup.salt_b64),
  iterations: setup.iterations,
  storedKey: unbase64(setup.stored_key_b64),
  serverKey: unbase64(setup.server_key_b64),
}

/** Knows one user, and keeps what it was asked. */
function watchedDirectory(): { readonly asked: string[]; readonly directory: ScramLookup } {
  const asked: string[] = []
  return {
    asked,
    directory: {
      async scramCredentials(authcid) {
        asked.push(authcid)
        return authcid === setup.username ? credentials : undefined
      },
    },
  }
}

const DATA = utf8('thirty-two octets of the channel')
const BOUND: Connection = { secure: true, channelBindings: [{ type: 'tls-exporter', data: DATA }] }
const UNBOUND: Connection = { secure: true }
const decoySecret = utf8('sixteen octets at least')

/** RFC 5802 section 7, server-error-value; and never `unknown-user`, which tells who exists. */
const ERRORS = [
  'invalid-encoding',
  'extensions-not-supported',
  'invalid-proof',
  'channel-bindings-dont-match',
  'server-does-support-channel-binding',
  'channel-binding-not-supported',
  'unsupported-channel-binding-type',
  'invalid-username-encoding',
  'no-resources',
  'other-error',
]

function assertRefused(reply: ServerReply, why: string): void {
  assert.ok(reply.kind === 'failure', `${why}: ${reply.kind}`)
  assert.ok(
    ['malformed', 'invalid-credentials', 'mechanism-unavailable'].includes(reply.reason),
    reply.reason,
  )
  if (reply.additionalData) {
    const [, error] = /^e=(.*)$/.exec(text(reply.additionalData))!
    assert.ok(ERRORS.includes(error!), error)
  }
}

/** Runs messages through a server half with a known nonce. */
function withKnownNonce(
  directory: ScramLookup,
  connection: Connection = UNBOUND,
  variant: ScramVariant = 'SHA-256',
  offered?: Offered,
): ServerExchange {
  return new ServerExchange(
    scramServer(variant, directory, { decoySecret, nonce: () => setup.server_nonce }),
    {
      connection,
      offered,
    },
  )
}

/** Wrong after any client-first-message: the name was looked up, and proof is what is missing. */
const HOPELESS = utf8(`c=biws,r=abc,p=${base64(new Uint8Array(32))}`)

for (const { id, client_first_hex, expect, why, looks_up, server_state = {} } of client_first)
  test(`SCRAM server, client-first ${id}: ${expect}${why && ` (${why})`}`, async () => {
    const { mechanism = 'SCRAM-SHA-256', plus_offered = false, require = false } = server_state
    const { asked, directory } = watchedDirectory()
    const connection = plus_offered ? BOUND : UNBOUND
    const server = saslServer({
      directory,
      decoySecret,
      policy: { channelBinding: require ? 'require' : 'prefer' },
    })
    const exchange = server.begin(mechanism, connection)
    const derivations = await countPbkdf2('SHA-256', async () => {
      const reply = await exchange.step(fromHex(client_first_hex))
      const unknown =
        reply.kind === 'challenge' && (/unknown user/.test(`${expect} ${why}`) || id === 'prep-private')
      if (expect.startsWith('accept') || unknown) {
        assert.ok(reply.kind === 'challenge')
        assertRefused(await exchange.step(HOPELESS), id)
      } else assertRefused(reply, id)
      if (looks_up !== undefined) assert.deepEqual(asked, [looks_up])
      else if (expect === 'reject') assert.deepEqual(asked, [], 'the directory was asked')
      assert.ok(asked.length <= 1)
      assert.throws(() => exchange.step(HOPELESS), TypeError)
    })
    assert.equal(derivations, 0)
  })

/** What the file lacks, with the very error that the RFC has for it, where it has one. */
const MORE_FIRST: readonly (readonly [
  name: string,
  message: string | Octets,
  expected: { error?: string; looksUp?: string; plus?: 'mechanism' | 'offered'; connection?: Connection },
])[] = [
  ['a mandatory extension in front', 'n,,m=ext,n=user,r=abc', { error: 'extensions-not-supported' }],
  ['a mandatory extension at the end', 'n,,n=user,r=abc,m=x', { error: 'extensions-not-supported' }],
  ['a second name at the end', 'n,,n=user,r=abc,n=admin', {}],
  ['a second nonce', 'n,,n=user,r=abc,r=def', {}],
  ['a proof', 'n,,n=user,r=abc,p=AAAA', {}],
  ['an extension twice', 'n,,n=user,r=abc,x=1,x=2', {}],
  ['16 extensions', `n,,n=user,r=abc${extensions(16)}`, { looksUp: 'user' }],
  ['17 extensions', `n,,n=user,r=abc${extensions(17)}`, {}],
  ['an extension without value', 'n,,n=user,r=abc,x=', {}],
  ['an extension with NUL', 'n,,n=user,r=abc,x=a\0b', {}],
  ['a nonce of 1,024 characters', `n,,n=user,r=${'a'.repeat(1024)}`, { looksUp: 'user' }],
  ['a nonce of 1,025 characters', `n,,n=user,r=${'a'.repeat(1025)}`, {}],
  ['a nonce beyond ASCII', 'n,,n=user,r=ab\u00e9', {}],
  ['a nonce with DEL', 'n,,n=user,r=ab\u007f', {}],
  ['a name that is escaped once, not twice', 'n,,n=a=3D2Cb,r=abc', { looksUp: 'a=2Cb' }],
  ['a bare "=" in the name', 'n,,n=us=er,r=abc', {}],
  ['a lower-case escape', 'n,,n=a=2cb,r=abc', {}],
  ['a bare "=" in the authzid', 'n,a=x=zz,n=user,r=abc', {}],
  ['an authzid with a control character', 'n,a=ad\u0007min,n=user,r=abc', {}],
  ['an overlong comma', fromHex('6e2c2c6e3d7573c0ac65722c723d616263'), {}],
  ['a lone surrogate', fromHex('6e2c2c6e3d7573eda08065722c723d616263'), {}],
  ['a byte order mark first', '\ufeffn,,n=user,r=abc', {}],
  ['full-width letters', 'n,,n=\uff55\uff53\uff45\uff52,r=abc', { looksUp: 'user' }],
  ['a soft hyphen in the name', 'n,,n=us\u00ader,r=abc', { looksUp: 'user' }],
  ['a name of prototypes', 'n,,n=__proto__,r=abc', { looksUp: '__proto__' }],
  ['a name that a promise would have', 'n,,n=then,r=abc', { looksUp: 'then' }],
  [
    '"y" while -PLUS was offered',
    'y,,n=user,r=abc',
    { plus: 'offered', error: 'server-does-support-channel-binding' },
  ],
  ['"n" while -PLUS was offered', 'n,,n=user,r=abc', { plus: 'offered', looksUp: 'user' }],
  [
    'binding on the mechanism without',
    'p=tls-exporter,,n=user,r=abc',
    { plus: 'offered', error: 'channel-binding-not-supported' },
  ],
  ['"n" on -PLUS', 'n,,n=user,r=abc', { plus: 'mechanism', error: 'server-does-support-channel-binding' }],
  ['"y" on -PLUS', 'y,,n=user,r=abc', { plus: 'mechanism', error: 'server-does-support-channel-binding' }],
  [
    'a type of binding that is on a prototype',
    'p=constructor,,n=user,r=abc',
    { plus: 'mechanism', error: 'unsupported-channel-binding-type' },
  ],
  [
    'a type of binding that this connection lacks, as tls-unique on TLS 1.3',
    'p=tls-unique,,n=user,r=abc',
    { plus: 'mechanism', error: 'unsupported-channel-binding-type' },
  ],
  [
    'a type of binding in the wrong case',
    'p=TLS-EXPORTER,,n=user,r=abc',
    { plus: 'mechanism', error: 'unsupported-channel-binding-type' },
  ],
  [
    'a type of binding whose data is empty',
    'p=tls-exporter,,n=user,r=abc',
    {
      plus: 'mechanism',
      connection: { secure: true, channelBindings: [{ type: 'tls-exporter', data: new Uint8Array(0) }] },
      error: 'unsupported-channel-binding-type',
    },
  ],
  [
    'the type of binding that there is',
    'p=tls-exporter,,n=user,r=abc',
    { plus: 'mechanism', looksUp: 'user' },
  ],
]

function extensions(count: number): string {
  return Array.from({ length: count }, (_, at) => `,${'bdfghjklotuwxyzBCD'[at]}=1`).join('')
}

for (const [name, message, { error, looksUp, plus, connection = plus ? BOUND : UNBOUND }] of MORE_FIRST)
  test(`SCRAM server, client-first with ${name}: ${looksUp ? `looks up ${looksUp}` : (error ?? 'malformed')}`, async () => {
    const { asked, directory } = watchedDirectory()
    const exchange = withKnownNonce(
      directory,
      connection,
      plus === 'mechanism' ? 'SHA-256-PLUS' : 'SHA-256',
      plus && { mechanisms: ['SCRAM-SHA-256-PLUS', 'SCRAM-SHA-256'] },
    )
    const reply = await exchange.step(typeof message === 'string' ? utf8(message) : message)
    if (looksUp !== undefined) {
      assert.ok(reply.kind === 'challenge')
      assert.deepEqual(asked, [looksUp])
      return
    }
    assertRefused(reply, name)
    assert.ok(reply.kind === 'failure')
    assert.equal(reply.additionalData && text(reply.additionalData), error && `e=${error}`)
    assert.deepEqual(asked, [], 'the directory was asked')
  })

const good = client_final.find(({ id }) => id === 'control-good')!
const finalOf = (name: string): Octets =>
  fromHex(client_final.find(({ id }) => id === name)!.client_final_hex)

for (const { id, client_first, server_first, client_final_hex, expect, why } of client_final)
  test(`SCRAM server, client-final ${id}: ${expect} (${why})`, async () => {
    const { asked, directory } = watchedDirectory()
    const exchange = withKnownNonce(directory)
    const derivations = await countPbkdf2('SHA-256', async () => {
      const first = await exchange.step(utf8(client_first))
      assert.ok(first.kind === 'challenge')
      assert.equal(text(first.challenge), server_first)
      const reply = await exchange.step(fromHex(client_final_hex))
      if (expect === 'accept') assert.equal(reply.kind, 'success')
      else assertRefused(reply, id)
      assert.throws(() => exchange.step(finalOf('control-good')), TypeError)
    })
    assert.deepEqual(asked, [setup.username])
    assert.equal(derivations, 0)
  })

const [goodFinal, goodProof] = /^(.*),p=(.*)$/.exec(text(finalOf('control-good')))!.slice(1) as [
  string,
  string,
]
const proofOf = (length: number) => base64(concat(unbase64(goodProof), new Uint8Array(64)).slice(0, length))
const flipped = (octet: number, bit: number) => {
  const proof = unbase64(goodProof)
  proof[octet]! ^= bit
  return base64(proof)
}

/** What the file lacks. */
const MORE_FINAL: readonly (readonly [name: string, message: string])[] = [
  ...[0, 1, 20, 31, 33, 64].map(
    (length) => [`a proof of ${length} octets`, `${goodFinal},p=${proofOf(length)}`] as const,
  ),
  ['a proof whose first bit is off', `${goodFinal},p=${flipped(0, 0x80)}`],
  ['a proof whose last bit is off', `${goodFinal},p=${flipped(31, 1)}`],
  ['a proof in the URL alphabet', `${goodFinal},p=${goodProof.replaceAll('+', '-').replaceAll('/', '_')}-`],
  ['a proof without padding', `${goodFinal},p=${goodProof.replace('=', '')}`],
  ['a proof ended by NUL', `${goodFinal},p=${goodProof}\0`],
  ['a proof ended by CRLF', `${goodFinal},p=${goodProof}\r\n`],
  ['two proofs', `${goodFinal},p=${goodProof},p=${goodProof}`],
  ['a comma behind the proof', `${goodFinal},p=${goodProof},`],
  ['"c=" with a space', `${goodFinal.replace('biws', 'biws ')},p=${goodProof}`],
  ['"c=" cut short', `${goodFinal.replace('biws', 'biw')},p=${goodProof}`],
  ['"c=" of another authzid', `${goodFinal.replace('biws', base64(utf8('n,a=admin,')))},p=${goodProof}`],
  ['the nonce before "c="', `${goodFinal.split(',').reverse().join(',')},p=${goodProof}`],
  ['a mandatory extension', `${goodFinal},m=x,p=${goodProof}`],
  ['the nonce twice as long', `${goodFinal}${setup.server_nonce},p=${goodProof}`],
  ['17 extensions', `${goodFinal}${extensions(17)},p=${goodProof}`],
  ['an extension that the proof does not cover', `${goodFinal},x=1,p=${goodProof}`],
]

for (const [name, message] of MORE_FINAL)
  test(`SCRAM server, client-final with ${name}: refused`, async () => {
    const { asked, directory } = watchedDirectory()
    const exchange = withKnownNonce(directory)
    await exchange.step(utf8(good.client_first))
    assertRefused(await exchange.step(utf8(message)), name)
    assert.deepEqual(asked, [setup.username])
  })

test('SCRAM server: a proof made for a decoy lets nobody in, for nobody knows its key', async () => {
  const { directory } = watchedDirectory()
  for (const proof of [new Uint8Array(32), new Uint8Array(32).fill(0xff), unbase64(goodProof)]) {
    const exchange = withKnownNonce(directory)
    await exchange.step(utf8(good.client_first.replace('n=user', 'n=resu')))
    assertRefused(await exchange.step(utf8(`${goodFinal},p=${base64(proof)}`)), 'a decoy')
  }
})

test('SCRAM server: binding data that differ are refused, by the name the RFC has for it', async () => {
  const { directory } = watchedDirectory()
  const exchange = withKnownNonce(directory, BOUND, 'SHA-256-PLUS')
  const first = await exchange.step(utf8('p=tls-exporter,,n=user,r=abc'))
  assert.ok(first.kind === 'challenge')
  for (const data of [new Uint8Array(0), utf8('thirty-two octets of another one'), DATA.slice(1)]) {
    const exchange = withKnownNonce(directory, BOUND, 'SHA-256-PLUS')
    await exchange.step(utf8('p=tls-exporter,,n=user,r=abc'))
    const c = base64(concat(utf8('p=tls-exporter,,'), data))
    const reply = await exchange.step(utf8(`c=${c},r=abc${setup.server_nonce},p=${goodProof}`))
    assertRefused(reply, 'other data')
    assert.ok(reply.kind === 'failure' && reply.additionalData)
    assert.equal(text(reply.additionalData), 'e=channel-bindings-dont-match')
  }
})

test('SCRAM server, sequence final-twice: a good message is good once', async () => {
  const exchange = withKnownNonce(watchedDirectory().directory)
  await exchange.step(utf8(good.client_first))
  const reply = await exchange.step(finalOf('control-good'))
  assert.equal(reply.kind, 'success')
  assert.throws(() => exchange.step(finalOf('control-good')), TypeError)
})

test('SCRAM server, sequence good-after-bad: an exchange that failed stays failed (CVE-2013-7239)', async () => {
  const exchange = withKnownNonce(watchedDirectory().directory)
  await exchange.step(utf8(good.client_first))
  assertRefused(await exchange.step(finalOf('proof-zero')), 'proof-zero')
  assert.throws(() => exchange.step(finalOf('control-good')), TypeError)
})

test('SCRAM server, sequence replay-other-session: a recorded message is worth nothing under another nonce', async () => {
  const { directory } = watchedDirectory()
  const exchange = new ServerExchange(scramServer('SHA-256', directory, { decoySecret }))
  await exchange.step(utf8(good.client_first))
  assertRefused(await exchange.step(finalOf('control-good')), 'a replay')
})

test('SCRAM server, sequence two-steps-at-once: the second is refused, the first is unaffected', async () => {
  const exchange = withKnownNonce(watchedDirectory().directory)
  const first = exchange.step(utf8(good.client_first))
  assert.throws(() => exchange.step(finalOf('control-good')), TypeError)
  assert.ok((await first).kind === 'challenge')
  assert.equal((await exchange.step(finalOf('control-good'))).kind, 'success')
})

test('SCRAM server, sequence abort-then-continue: nothing is taken after an abort', async () => {
  const exchange = withKnownNonce(watchedDirectory().directory)
  await exchange.step(utf8(good.client_first))
  exchange.abort()
  assert.throws(() => exchange.step(finalOf('control-good')), TypeError)
})

test('SCRAM server: an abort while the directory is asked wins over its answer', async () => {
  const exchange = withKnownNonce(watchedDirectory().directory)
  const first = exchange.step(utf8(good.client_first))
  exchange.abort()
  const reply = await first
  assert.ok(reply.kind === 'failure' && reply.reason === 'aborted')
  assert.throws(() => exchange.step(finalOf('control-good')), TypeError)
})

test('SCRAM server: no nonce is given twice', async () => {
  const mechanism = scramServer('SHA-256', watchedDirectory().directory, { decoySecret })
  const seen = new Set<string>()
  for (let i = 0; i < 200; i++) {
    const reply = await new ServerExchange(mechanism).step(utf8('n,,n=user,r=abc'))
    assert.ok(reply.kind === 'challenge')
    const [, nonce] = /^r=abc([^,]{24}),/.exec(text(reply.challenge))!
    seen.add(nonce!)
  }
  assert.equal(seen.size, 200)
})
