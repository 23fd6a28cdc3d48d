/** What is no connection must not pass for one of which nothing is known, and bindings must bind. */

import { test } from 'node:test'
import {
  ClientExchange,
  plainServer,
  ServerExchange,
  saslClient,
  saslServer,
  scramClient,
  scramServer,
} from '../../src/index.js'
import { careless, testRefused } from './refused.js'

const client = saslClient({ authcid: 'tim', password: 'tanstaaftanstaaf' })
const directory = { verifyPassword: () => true, scramCredentials: () => undefined }
const decoySecret = new Uint8Array(16)
const server = saslServer({ directory, decoySecret })
const plain = plainServer(directory)
const plus = scramServer('SHA-256-PLUS', directory, { decoySecret })
const clientPlus = scramClient('SHA-256-PLUS', { authcid: 'tim', password: 'tanstaaftanstaaf' })
const PLUS = ['SCRAM-SHA-256-PLUS']

const CONNECTION = /^TypeError: connection must be \{ secure: true or false \}/
const OPTIONS = /^TypeError: pass options as an object: \{/
const CLIENT = /^TypeError: pass \{ connection: \{ channelBindings: \[\{ data: octets \}\] \} \}$/
const BINDINGS = /^TypeError: channelBindings must be a list: \[\{ type: 'tls-exporter', data \}\]/

/** Text would be bound as zeros, the same on every connection. */
const NO_OCTETS = [
  5,
  'tls-exporter',
  [null],
  [{ type: 'tls-exporter' }],
  [{ type: 'tls-exporter', data: 'f00f' }],
  [{ type: 'tls-exporter', data: [1, 2] }],
  [{ type: 'tls-exporter', data: new Uint16Array(1) }],
  [{ type: 'tls-exporter', data: new DataView(new ArrayBuffer(1)) }],
]

testRefused([
  ...[null, 5, 'secure', true].flatMap((wrong) => {
    const connection = careless(wrong)
    return [
      [`select on ${wrong}`, () => client.select(['PLAIN'], connection), CONNECTION],
      [`consider on ${wrong}`, () => client.consider(['PLAIN'], connection), CONNECTION],
      [`offer on ${wrong}`, () => server.offer(connection), CONNECTION],
      [`begin on ${wrong}`, () => server.begin('PLAIN', connection), CONNECTION],
      [`a server’s exchange on ${wrong}`, () => new ServerExchange(plain, { connection }), CONNECTION],
      [`select with ${wrong}`, () => client.select(['PLAIN'], { secure: true }, careless(wrong)), OPTIONS],
      [`begin with ${wrong}`, () => server.begin('PLAIN', { secure: true }, careless(wrong)), OPTIONS],
      [`a server’s exchange with ${wrong}`, () => new ServerExchange(plain, careless(wrong)), OPTIONS],
    ] as const
  }),
  ...[...NO_OCTETS, [{ data: Uint8Array.of(1) }]].flatMap((channelBindings) => {
    const connection = careless({ secure: true, channelBindings })
    const given = JSON.stringify(channelBindings)
    return [
      [`a client that binds to ${given}`, () => client.select(PLUS, connection), BINDINGS],
      [`an offer that binds to ${given}`, () => server.offer(connection), BINDINGS],
      [`a server that binds to ${given}`, () => server.begin('SCRAM-SHA-256-PLUS', connection), BINDINGS],
      [
        `a server’s exchange that binds to ${given}`,
        () => new ServerExchange(plus, { connection }),
        BINDINGS,
      ],
    ] as const
  }),
  ...NO_OCTETS.map(
    (channelBindings) =>
      [
        `a client’s exchange that binds to ${JSON.stringify(channelBindings)}`,
        () => new ClientExchange(clientPlus, { connection: careless({ secure: true, channelBindings }) }),
        CLIENT,
      ] as const,
  ),
  ['a client’s exchange with null', () => new ClientExchange(clientPlus, careless(null)), CLIENT],
  [
    'a client’s exchange on null',
    () => new ClientExchange(clientPlus, { connection: careless(null) }),
    CLIENT,
  ],
])

testRefused([
  [
    'a word for authorize, where an exchange is told',
    () => new ServerExchange(plain, { authorize: careless('yes') }),
    /^TypeError: authorize must be a function/,
  ],
  [
    'a word for how additional data is carried',
    () => server.begin('PLAIN', { secure: true }, { additionalData: careless('asChallenge') }),
    /^RangeError: additionalData must be with-success or as-challenge$/,
  ],
])

// A limit or a signal that is misspelt would be none.
testRefused(
  [
    ['maxlength', 5],
    ['abort', new AbortController().signal],
    ['connection', { secure: true }],
  ].flatMap(([name, value]) => {
    const options = careless({ maxSteps: 8, [String(name)]: value })
    return [
      [
        `select with ${name}, which there is not`,
        () => client.select(['PLAIN'], { secure: true }, options),
        new RegExp(
          `^TypeError: select has nothing named "${name}"; known are signal, previous, initialResponse, maxLength, maxSteps$`,
        ),
      ],
      [
        `begin with ${name}, which there is not`,
        () => server.begin('PLAIN', { secure: true }, options),
        new RegExp(
          `^TypeError: begin has nothing named "${name}"; known are offered, signal, additionalData, maxLength, maxSteps, maxAuthzidLength$`,
        ),
      ],
    ] as const
  }),
)

test('select and begin take each of their options', () => {
  const { signal } = new AbortController()
  const limits = { signal, maxLength: 100, maxSteps: 3 }
  const connection = { secure: true }
  client.select(['PLAIN'], connection, { ...limits, previous: undefined, initialResponse: false })
  server.begin('PLAIN', connection, {
    ...limits,
    offered: { mechanisms: ['PLAIN'] },
    additionalData: 'as-challenge',
    maxAuthzidLength: 3071,
  })
})
