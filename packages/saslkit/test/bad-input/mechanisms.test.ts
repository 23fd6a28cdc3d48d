/** Mechanisms and exchanges that are given nothing, or something else. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  ClientExchange,
  cramMd5Client,
  loginClient,
  oauthBearerClient,
  plainClient,
  plainServer,
  ServerExchange,
  scramClient,
  success,
  xoauth2Client,
} from '../../src/index.js'
import { testMechanism, testProfile, testStore } from '../../src/testing/index.js'
import { careless, testRefused } from './refused.js'

const nothing = careless(undefined)
const tim = { authcid: 'tim', password: 'tanstaaftanstaaf' }
const AUTHCID = /^TypeError: authcid must be non-empty/

testRefused([
  ['plainClient()', () => plainClient(nothing), AUTHCID],
  ['loginClient()', () => loginClient(nothing), AUTHCID],
  ['cramMd5Client()', () => cramMd5Client(nothing), AUTHCID],
  ['scramClient of a hash alone', () => scramClient('SHA-256', nothing), AUTHCID],
  ['xoauth2Client()', () => xoauth2Client(nothing), AUTHCID],
  [
    'oauthBearerClient()',
    () => oauthBearerClient(nothing),
    /^TypeError: OAUTHBEARER needs a token; pass \{ token \}/,
  ],
  ['new ClientExchange()', () => new ClientExchange(nothing), /^TypeError: pass a mechanism: plainClient/],
  [
    'a client’s exchange of a name',
    () => new ClientExchange(careless('PLAIN')),
    /^TypeError: pass a mechanism/,
  ],
  ...[
    careless({ iterations: 5 }),
    careless({ iterations: null }),
    careless({ iterations: '12' }),
    { iterations: [4096, 5000.5] as const },
    { iterations: [0.5, 5000] as const },
    { iterations: [0, 5] as const },
    { iterations: [6, 5] as const },
  ].map(
    (options) =>
      [
        `scramClient of ${JSON.stringify(options)}`,
        () => scramClient('SHA-256', tim, options),
        /^RangeError: iterations must be \[min, max\]/,
      ] as const,
  ),
  ...[
    null,
    { nonce: 5 },
    { nonce: 'abc' },
    { keyCache: 5 },
    { keyCache: null },
    { keyCache: { get() {} } },
    { keyCache: { set() {} } },
  ].map(
    (options) =>
      [
        `scramClient of ${String(options && Object.keys(options))}`,
        () => scramClient('SHA-256', tim, careless(options)),
        /^TypeError: pass \{ nonce: a function, keyCache: a Map \}$/,
      ] as const,
  ),
  [
    'new ServerExchange()',
    () => new ServerExchange(nothing),
    /^TypeError: pass a mechanism: what plainServer/,
  ],
  [
    'a server’s exchange of a name',
    () => new ServerExchange(careless('PLAIN')),
    /^TypeError: pass a mechanism/,
  ],
  [
    'a server’s exchange with a controller',
    () =>
      new ServerExchange(plainServer({ verifyPassword: () => true }), {
        signal: careless(new AbortController()),
      }),
    /^TypeError: signal must be an AbortSignal; pass controller.signal/,
  ],
  [
    'testMechanism({})',
    () => testMechanism(careless({})),
    /^TypeError: testMechanism needs test, server, client, directory, identity; pass \{/,
  ],
  ['testMechanism()', () => testMechanism(nothing), /^TypeError: testMechanism needs test, server/],
  [
    'testProfile({})',
    () => testProfile(careless({})),
    /^TypeError: testProfile needs test, profile; pass \{/,
  ],
  ['testStore({})', () => testStore(careless({})), /^TypeError: testStore needs test, make; pass \{/],
])

test('a success without an identity lets nobody in, and the log has why', async () => {
  for (const identity of ['tim', undefined, null, {}, { authcid: '' }, { authcid: 5 }])
    for (const authorize of [undefined, () => true])
      for (const later of [false, true]) {
        const step = success(careless(identity))
        const exchange = new ServerExchange(
          { name: 'X-TEST', start: () => (later ? Promise.resolve(step) : step) },
          { authorize },
        )
        const reply = await exchange.step(undefined)
        assert.ok(reply.kind === 'failure' && reply.reason === 'temporary')
        assert.match(String(reply.cause), /^TypeError: success\(\) takes an identity: pass \{ authcid \}/)
      }
})

test('scramClient binds, or does not begin, where it was told to by a word that nobody knows', async () => {
  const options = careless({ channelBinding: 'required' })
  const exchange = new ClientExchange(scramClient('SHA-256', { authcid: 'tim', password: 'x' }, options), {
    connection: { secure: true },
  })
  await assert.rejects(async () => exchange.start(), /channel binding is required/)
})
