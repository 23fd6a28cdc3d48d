/** Hostile servers against the client half of SCRAM-SHA-256: vectors/attacks/scram-client.json, and what it lacks. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Connection, Offered } from '../../src/connection.js'
import { SaslError } from '../../src/errors.js'
import { ClientExchange } from '../../src/exchange/client.js'
import { type ScramClientOptions, scramClient } from '../../src/mechanisms/scram/client.js'
import { base64, type Octets, text, utf8 } from '../../src/octets.js'
import { countPbkdf2 } from '../pbkdf2-calls.js'
import { fromHex, readVectors } from '../vectors.js'

const { setup, server_first, server_final } = readVectors<{
  setup: { username: string; password: string; client_nonce: string; client_first: string }
  server_first: {
    id: string
    server_first_hex: string | null
    generate?: string
    expect: string
    why: string
  }[]
  server_final: { id: string; server_final: string | null; expect: string; why: string }[]
}>('attacks/scram-client.json')

const credentials = { authcid: setup.username, password: setup.password }

const begin = (
  options: ScramClientOptions = {},
  connection: Connection = { secure: true },
  offered?: Offered,
): ClientExchange =>
  new ClientExchange(scramClient('SHA-256', credentials, { nonce: () => setup.client_nonce, ...options }), {
    connection,
    offered,
  })

const GOOD_FIRST = text(fromHex(server_first.find(({ id }) => id === 'control-good')!.server_first_hex!))
const GOOD_FINAL = server_final.find(({ id }) => id === 'control-good')!.server_final!
const SALT = 'W22ZaJ0SNY7soEsUEjb6gQ=='
const [NONCE] = /^r=[^,]+/.exec(GOOD_FIRST)!
const withIterations = (iterations: string) => `${NONCE},s=${SALT},i=${iterations}`

/** Messages too long to be written out. */
const GENERATED: Readonly<Record<string, () => Octets>> = {
  'salt-1-mib': () => utf8(`${NONCE},s=${base64(new Uint8Array(1 << 20))},i=4096`),
  '2-mib': () => new Uint8Array(2 << 20).fill(0x61),
}

async function refused(work: () => unknown): Promise<SaslError> {
  let refusal: unknown
  await assert.rejects(
    async () => work(),
    (error) => {
      refusal = error
      return error instanceof SaslError
    },
  )
  return refusal as SaslError
}

/** What is refused here is refused before any key is derived. */
async function refusesFirst(message: Octets, options?: ScramClientOptions): Promise<SaslError> {
  const exchange = begin(options)
  let refusal: SaslError | undefined
  const derivations = await countPbkdf2('SHA-256', async () => {
    await exchange.start()
    refusal = await refused(() => exchange.challenge(message))
    assert.throws(() => exchange.success(), TypeError)
    assert.throws(() => exchange.challenge(utf8(GOOD_FIRST)), TypeError)
  })
  assert.equal(derivations, 0, 'a key was derived')
  return refusal!
}

for (const { id, server_first_hex, generate, expect, why } of server_first)
  test(`SCRAM client, server-first ${id}: ${expect}${why && ` (${why})`}`, async () => {
    const message = generate === undefined ? fromHex(server_first_hex!) : GENERATED[generate]!()
    if (expect !== 'accept') {
      const { reason } = await refusesFirst(message)
      if (expect.includes('limit')) assert.equal(reason, 'limit-exceeded')
      else assert.ok(reason === 'malformed' || reason === 'unacceptable', reason)
      return
    }
    const exchange = begin()
    const derivations = await countPbkdf2('SHA-256', async () => {
      assert.equal(text((await exchange.start())!), setup.client_first)
      await exchange.challenge(message)
      await exchange.success(utf8(GOOD_FINAL))
    })
    assert.equal(derivations, 1)
  })

/** What the file lacks. */
const MORE_FIRST: readonly (readonly [name: string, message: string, reason: string])[] = [
  ...[
    '0',
    '04096',
    '4096.0',
    '1e9',
    ' 4096',
    '4096abc',
    '\u0664\u0660\u0669\u0666',
    'Infinity',
    '9'.repeat(20),
  ].map((count) => [`the count ${count}`, withIterations(count), 'malformed'] as const),
  ...['1', '4095', '2000001', '4294971392', '9999999999'].map(
    (count) => [`the count ${count}`, withIterations(count), 'unacceptable'] as const,
  ),
  ['a nonce of another case', GOOD_FIRST.replace('rOpr', 'RoPR'), 'malformed'],
  ['a nonce with a comma', GOOD_FIRST.replace('EkqO%', 'EkqO,%'), 'malformed'],
  ['a nonce with DEL', GOOD_FIRST.replace('EkqO%', 'EkqO\u007f'), 'malformed'],
  ['a nonce with NUL', GOOD_FIRST.replace('EkqO%', 'EkqO\0'), 'malformed'],
  ['a nonce of over 1,024 characters', GOOD_FIRST.replace('%hv', `${'a'.repeat(1024)}`), 'malformed'],
  ['a salt without padding', GOOD_FIRST.replace('==', ''), 'malformed'],
  ['a salt whose last bits are not zero', GOOD_FIRST.replace('gQ==', 'gR=='), 'malformed'],
  ['a salt of 1,025 octets', GOOD_FIRST.replace(SALT, base64(new Uint8Array(1025))), 'malformed'],
  ['the count twice', `${GOOD_FIRST},i=1`, 'malformed'],
  ['a comma at the end', `${GOOD_FIRST},`, 'malformed'],
  ['a line end', `${GOOD_FIRST}\r\n`, 'malformed'],
  ['an error', 'e=other-error', 'malformed'],
  ['a mandatory extension in front', `m=x,${GOOD_FIRST}`, 'malformed'],
  ['an extension twice', `${GOOD_FIRST},x=1,x=1`, 'malformed'],
  [
    '17 extensions',
    `${GOOD_FIRST}${[...'bdfghjklotuwxyzBC'].map((name) => `,${name}=1`).join('')}`,
    'malformed',
  ],
  ['a server-final-message', GOOD_FINAL, 'malformed'],
]

for (const [name, message, reason] of MORE_FIRST)
  test(`SCRAM client, server-first with ${name.slice(0, 60)}: ${reason}`, async () => {
    assert.equal((await refusesFirst(utf8(message))).reason, reason)
  })

test('SCRAM client: a salt of 1,024 octets is taken', async () => {
  const exchange = begin()
  await exchange.start()
  await exchange.challenge(utf8(GOOD_FIRST.replace(SALT, base64(new Uint8Array(1024)))))
})

test('SCRAM client: the count is accepted at both bounds, and each can be set', async () => {
  const bounds = [5000, 6000] as const
  for (const count of [4999, 6001])
    assert.equal(
      (await refusesFirst(utf8(withIterations(`${count}`)), { iterations: bounds })).reason,
      'unacceptable',
    )
  for (const count of bounds) {
    const exchange = begin({ iterations: bounds })
    await exchange.start()
    await exchange.challenge(utf8(withIterations(`${count}`)))
  }
})

test('SCRAM client: bounds that nothing satisfies are the fault of the caller', () => {
  for (const iterations of [
    [0, 1],
    [2, 1],
    [1.5, 3],
    [Number.NaN, 5],
    [1, Number.POSITIVE_INFINITY],
  ] as const)
    assert.throws(() => scramClient('SHA-256', credentials, { iterations }), RangeError)
})

for (const { id, server_final: message, why } of server_final)
  for (const way of ['with success', 'as a challenge'] as const)
    test(`SCRAM client, server-final ${id} ${way}${why && ` (${why})`}`, async () => {
      const exchange = begin()
      const derivations = await countPbkdf2('SHA-256', async () => {
        await exchange.start()
        if (message === null) {
          assert.equal((await refused(() => exchange.success())).reason, 'server-not-authenticated')
          return
        }
        await exchange.challenge(utf8(GOOD_FIRST))
        const conclude = async () => {
          if (way === 'with success') return exchange.success(utf8(message))
          assert.equal((await exchange.challenge(utf8(message))).length, 0)
          return exchange.success()
        }
        if (id === 'control-good') await conclude()
        else {
          const { reason } = await refused(conclude)
          assert.ok(['malformed', 'server-not-authenticated', 'invalid-credentials'].includes(reason), reason)
        }
        assert.throws(() => exchange.success(utf8(GOOD_FINAL)), TypeError)
        assert.throws(() => exchange.success(), TypeError)
      })
      assert.equal(derivations, message === null ? 0 : 1)
    })

/** What the file lacks. */
const V = GOOD_FINAL.slice(2)
for (const [name, message] of [
  ['an empty signature', 'v='],
  ['a signature of 31 octets', `v=${base64(Uint8Array.from(atob(V), (c) => c.charCodeAt(0)).slice(0, 31))}`],
  ['a signature and then an error', `${GOOD_FINAL},e=other-error`],
  ['the client-final-message', `c=biws,${NONCE},p=dHzbZapWIk4jUhN+Ute9ytag9zjfMHgsqmmiz7AndVQ=`],
  ['a mandatory extension', `${GOOD_FINAL},m=x`],
  ['a byte order mark', `\ufeff${GOOD_FINAL}`],
] as const)
  test(`SCRAM client, server-final with ${name}: refused`, async () => {
    const exchange = begin()
    await exchange.start()
    await exchange.challenge(utf8(GOOD_FIRST))
    await refused(() => exchange.success(utf8(message)))
    assert.throws(() => exchange.success(utf8(GOOD_FINAL)), TypeError)
  })

test('SCRAM client: an extension that means nothing to it is passed over (RFC 5802 section 5.1)', async () => {
  const exchange = begin()
  await exchange.start()
  await exchange.challenge(utf8(`${GOOD_FIRST},x=optional`))
})

test('SCRAM client: success without a word from the server is not believed at any step', async () => {
  for (const challenges of [[], [GOOD_FIRST]]) {
    const exchange = begin()
    await exchange.start()
    for (const challenge of challenges) await exchange.challenge(utf8(challenge))
    assert.equal((await refused(() => exchange.success())).reason, 'server-not-authenticated')
  }
})

test('SCRAM client: a second server-first-message, and any challenge after the last, are refused', async () => {
  const twice = begin()
  await twice.start()
  await twice.challenge(utf8(GOOD_FIRST))
  await refused(() => twice.challenge(utf8(GOOD_FIRST)))

  const beyond = begin()
  await beyond.start()
  await beyond.challenge(utf8(GOOD_FIRST))
  assert.equal((await beyond.challenge(utf8(GOOD_FINAL))).length, 0)
  await refused(() => beyond.challenge(new Uint8Array(0)))
})

test('SCRAM client: an error of the server comes through as what it says, without controls', async () => {
  const exchange = begin()
  await exchange.start()
  await exchange.challenge(utf8(GOOD_FIRST))
  const { reason, message } = await refused(() => exchange.success(utf8('e=invalid-proof\r\n\u001b[2J')))
  assert.equal(reason, 'invalid-credentials')
  assert.doesNotMatch(message, /[\0-\u001f]/)
})

/** XEP-0474: a client that could bind, and finds no type in common, has the list vouched for. */
const bindable: Connection = {
  secure: true,
  tlsVersion: 'TLSv1.3',
  channelBindings: [{ type: 'tls-exporter', data: new Uint8Array(32) }],
}
const changed: Offered = {
  mechanisms: ['SCRAM-SHA-256-PLUS', 'SCRAM-SHA-256'],
  channelBindings: ['tls-made-up'],
}

test('SCRAM client: with no binding in common, it insists on the hash of what was offered', async () => {
  const exchange = begin({}, bindable, changed)
  const derivations = await countPbkdf2('SHA-256', async () => {
    assert.ok(text((await exchange.start())!).startsWith('n,,'))
    const { reason, message } = await refused(() => exchange.challenge(utf8(GOOD_FIRST)))
    assert.equal(reason, 'server-not-authenticated')
    assert.match(message, /^the list of mechanisms was not vouched for, and no channel binding/)
  })
  assert.equal(derivations, 0)
})

test('SCRAM client: a hash that is not that of what was offered sends no proof', async () => {
  for (const connection of [bindable, { secure: true }]) {
    const exchange = begin({}, connection, changed)
    const derivations = await countPbkdf2('SHA-256', async () => {
      await exchange.start()
      const { reason, message } = await refused(() =>
        exchange.challenge(utf8(`${GOOD_FIRST},h=${base64(new Uint8Array(32))}`)),
      )
      assert.equal(reason, 'server-not-authenticated')
      assert.equal(message, 'the list of mechanisms was changed on its way')
    })
    assert.equal(derivations, 0)
  }
})

test('SCRAM client: who has nothing to bind does not insist', async () => {
  for (const connection of [{ secure: true, tlsVersion: 'TLSv1.3' }, { secure: true }]) {
    const exchange = begin({}, connection, changed)
    await exchange.start()
    await exchange.challenge(utf8(GOOD_FIRST))
    await exchange.success(utf8(GOOD_FINAL))
  }
})

test('a server that says it offered channel binding tells of a downgrade, not of a wrong password', async () => {
  const client = new ClientExchange(
    scramClient('SHA-256', { authcid: 'user', password: 'pencil' }, { nonce: () => 'rOprNGfwEbeRWgbNEkqO' }),
  )
  await client.start()
  await client.challenge(
    utf8('r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096'),
  )
  await assert.rejects(
    async () => client.challenge(utf8('e=server-does-support-channel-binding')),
    (error: unknown) => error instanceof SaslError && error.reason === 'server-not-authenticated',
  )
})
