/** How exchanges end: each of the ways there are, for any mechanism. */

import type { ClientPolicy, SelectOptions } from '../../src/negotiation/client.js'
import type { ClientCredentials } from '../../src/negotiation/client-table.js'
import type { SaslServerOptions } from '../../src/negotiation/server.js'
import { type Octets, utf8 } from '../../src/octets.js'
import type { Wire } from '../../src/testing/mechanism/converse.js'
import { answering } from './accounts.js'
import { EVIL, PASSWORD, SENTINEL, TOKEN, WRONG } from './sentinels.js'

export interface Outcome {
  readonly name: string
  readonly credentials?: ClientCredentials
  readonly policy?: ClientPolicy
  readonly select?: SelectOptions
  readonly server?: Partial<SaslServerOptions>
  readonly maxLength?: number
  readonly maxSteps?: number
  /** Aborted before this message arrives, by the signals of both sides, or by their methods. */
  readonly abort?: { readonly at: number; readonly by: 'signal' | 'method' }
  readonly wire?: Wire
  /** How it ends, where it ends the same for all mechanisms that hold a password. */
  readonly ends?: 'success' | 'failure'
}

export const good: ClientCredentials = {
  authcid: 'user',
  password: PASSWORD,
  token: TOKEN,
  external: true,
  anonymous: true,
}
const wrong = { ...good, password: WRONG, token: EVIL }

const fault = () => new Error('the store is down')
const failing = (error: () => unknown) => ({
  directory: answering(() => {
    throw error()
  }),
})

const PLACES = [0, 1, 2, 3, 4] as const
const at =
  (place: number, change: (octets: Octets | undefined) => Octets | undefined): Wire =>
  ({ octets }, index) =>
    index === place ? change(octets) : octets

const ALTERED: Readonly<Record<string, (octets: Octets | undefined) => Octets | undefined>> = {
  cut: (octets) => octets?.slice(0, -1),
  'flipped in the last octet': (octets) =>
    octets?.map((octet, index, { length }) => (index + 1 === length ? octet ^ 1 : octet)),
  nonsense: () => new Uint8Array(40).fill(0xff),
  empty: () => new Uint8Array(0),
  'too long': () => new Uint8Array(20_000),
  'a secret where none is asked for': () =>
    utf8(`n,,n=${SENTINEL},${PASSWORD}\0${PASSWORD}\x01auth=${TOKEN}`),
}

export const OUTCOMES: readonly Outcome[] = [
  { name: 'success', ends: 'success' },
  { name: 'success, without an initial response', select: { initialResponse: false }, ends: 'success' },
  {
    name: 'success, by credentials that are functions',
    credentials: { ...good, password: () => PASSWORD, token: async () => TOKEN },
    ends: 'success',
  },
  {
    name: 'success, by a password in octets',
    credentials: { ...good, password: utf8(PASSWORD) },
    ends: 'success',
  },
  { name: 'a wrong password or token', credentials: wrong, ends: 'failure' },
  { name: 'a name that nobody has', credentials: { ...good, authcid: 'nobody' } },
  { name: 'the password as a name', credentials: { ...good, authcid: 'x', authzid: 'y' } },
  ...(['disabled', 'expired', 'barred'] as const).map((authcid) => ({
    name: `an account that is ${authcid}`,
    credentials: { ...good, authcid },
  })),
  { name: 'nobody is authorized', server: { authorize: () => false }, ends: 'failure' },
  {
    name: 'authorizing fails',
    server: {
      authorize() {
        throw fault()
      },
    },
    ends: 'failure',
  },
  { name: 'the directory throws', server: failing(fault) },
  {
    name: 'the directory throws several errors',
    server: failing(
      () => new AggregateError([fault(), new Error('and so is the other', { cause: fault() })]),
    ),
  },
  { name: 'the directory throws what is no error', server: failing(() => ({ code: 1 })) },
  { name: 'the directory rejects', server: { directory: answering(() => Promise.reject(fault())) } },
  ...[null, undefined, 0, 'yes', {}, { authcid: 1 }, { secret: '' }, { refused: 'no' }].map((answer) => ({
    name: `the directory answers ${JSON.stringify(answer)}`,
    server: { directory: answering(() => answer) },
  })),
  {
    name: 'the prompt fails',
    credentials: {
      ...good,
      password: () => {
        throw new Error('no terminal')
      },
      token: () => Promise.reject(new Error('no vault')),
    },
  },
  ...[
    `${SENTINEL}\0`,
    `${SENTINEL}\ud800`,
    `${SENTINEL}\u0007`,
    `${SENTINEL}\u0221`,
    `${SENTINEL}\u05d0`,
    `${SENTINEL} token"`,
  ].flatMap((secret) => [
    {
      name: `a secret that cannot be one, ${JSON.stringify(secret.slice(SENTINEL.length))}`,
      credentials: { ...good, password: secret, token: secret },
    },
    {
      name: `a prompt that gives one, ${JSON.stringify(secret.slice(SENTINEL.length))}`,
      credentials: { ...good, password: async () => secret, token: () => secret },
    },
  ]),
  {
    name: 'a secret of the wrong type',
    credentials: { ...good, password: { [SENTINEL]: PASSWORD } as never, token: [TOKEN] as never },
  },
  {
    name: 'a prompt that gives a secret of the wrong type',
    credentials: {
      ...good,
      password: () => ({ [SENTINEL]: PASSWORD }) as never,
      token: () => [TOKEN] as never,
    },
  },
  {
    name: 'secret octets that are no text',
    credentials: { ...good, password: Uint8Array.of(...utf8(PASSWORD), 0xff) },
  },
  {
    name: 'a prompt that gives octets that are no text',
    credentials: { ...good, password: () => Uint8Array.of(...utf8(PASSWORD), 0xff) },
  },
  { name: 'too long for the server', maxLength: 4 },
  { name: 'too long for the client', select: { maxLength: 1 } },
  { name: 'too many steps for the server', maxSteps: 0 },
  { name: 'too many steps for the client', select: { maxSteps: 0 } },
  { name: 'too few iterations for the client', policy: { iterations: [10_000, 20_000] } },
  { name: 'a key cache', policy: { keyCache: new Map() }, ends: 'success' },
  ...PLACES.flatMap((place) =>
    (['signal', 'method'] as const).map((by) => ({
      name: `aborted by ${by}, at message ${place}`,
      abort: { at: place, by },
    })),
  ),
  ...PLACES.flatMap((place) =>
    Object.entries(ALTERED).map(([how, change]) => ({
      name: `message ${place} ${how}`,
      wire: at(place, change),
    })),
  ),
]
