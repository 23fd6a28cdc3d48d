/** What callers of the drivers get wrong is refused before anything is waited for. */
import { Socket } from 'node:net'
import { saslClient, saslServer } from '../../src/index.js'
import {
  acceptLogin,
  connectionOf,
  login,
  parseCertificate,
  tlsServerEndPoint,
} from '../../src/node/index.js'
import * as imap from '../../src/profiles/imap.js'
import { careless, type Row, testRefused } from './refused.js'

const PEM = '-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n'

const socket = new Socket()
const client = saslClient({ authcid: 'tim', password: 'tanstaaftanstaaf' })
const server = saslServer({ directory: { verifyPassword: () => false } })
const controller = new AbortController()
const NO_SIGNALS = [controller, null, 30_000, {}, { aborted: false }, { addEventListener() {} }]
const NO_SIGNAL = /^TypeError: signal must be an AbortSignal; pass controller.signal$/

const logIn = (options: object) => () =>
  login({ protocol: imap, client, tls: 'none', host: '127.0.0.1', port: 1, ...options })
const accept = (options: object) => () => acceptLogin(socket, { protocol: imap, server, ...options })

testRefused([
  ...NO_SIGNALS.flatMap((signal, at): Row[] => [
    [`login with no signal, ${at}`, logIn({ signal }), NO_SIGNAL],
    [`acceptLogin with no signal, ${at}`, accept({ signal }), NO_SIGNAL],
    [
      `select with no signal, ${at}`,
      () => client.select(['SCRAM-SHA-256'], undefined, { signal: careless(signal) }),
      NO_SIGNAL,
    ],
    [
      `begin with no signal, ${at}`,
      () => server.begin('PLAIN', undefined, { signal: careless(signal) }),
      NO_SIGNAL,
    ],
  ]),
  [
    'login without options',
    () => login(careless(undefined)),
    /^TypeError: pass an object: \{ protocol, client, tls, host, port \}/,
  ],
  [
    'acceptLogin without options',
    () => acceptLogin(socket, careless(undefined)),
    /^TypeError: pass an object beside the socket: \{ protocol, server \}/,
  ],
  [
    'acceptLogin without a socket',
    () => acceptLogin(careless(undefined), careless(undefined)),
    /^TypeError: not a socket; pass/,
  ],
  ['acceptLogin with a number to tell', accept({ onRefused: 5 }), /^TypeError: onRefused must be a function/],
  [
    'acceptLogin with a name to identify',
    accept({ identify: 'cn' }),
    /^TypeError: identify must be a function/,
  ],
  [
    'acceptLogin with a word for capabilities',
    accept({ capabilities: 'IDLE' }),
    /^TypeError: capabilities must be a list/,
  ],
  [
    'connectionOf without a socket',
    () => connectionOf(careless(undefined), { role: 'client' }),
    /^TypeError: not a socket/,
  ],
  [
    'a certificate in PEM, as text',
    () => parseCertificate(careless(PEM)),
    /^TypeError: a certificate must be DER, in octets/,
  ],
  [
    'a certificate in PEM, as octets',
    () => parseCertificate(Buffer.from(PEM)),
    /^TypeError: a certificate must be DER, in octets/,
  ],
  ['no certificate', () => parseCertificate(careless(undefined)), /^TypeError: a certificate must be DER/],
  [
    'the end point of a certificate in PEM',
    () => tlsServerEndPoint(careless(PEM)),
    /^TypeError: the certificate is not octets; pass its DER/,
  ],
])
