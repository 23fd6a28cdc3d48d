/** An option that is misspelt is none: `requireTLS: true` must not let anybody in without TLS. Each is refused by its name, at once. */
import assert from 'node:assert/strict'
import { Socket } from 'node:net'
import { test } from 'node:test'
import {
  convert,
  makeStoredCredential,
  parseStoredCredential,
  verifyPassword,
} from '../../src/credentials/index.js'
import {
  anonymousServer,
  cramMd5Client,
  cramMd5Server,
  loginServer,
  makeScramCredentials,
  plainServer,
  saslClient,
  saslServer,
  scramServer,
} from '../../src/index.js'
import { acceptLogin, connectionOf, htpasswdStore, login, passwdFileStore } from '../../src/node/index.js'
import * as imap from '../../src/profiles/imap.js'
import {
  countAccounts,
  directory,
  memoryStore,
  missingSchemes,
  verifiedPasswords,
} from '../../src/stores/index.js'
import { testMechanism, testProfile, testStore } from '../../src/testing/index.js'
import { careless, type Row, testRefused } from './refused.js'

const tim = { authcid: 'tim', password: 'tanstaaftanstaaf' }
const client = saslClient(tim)
const verifier = { verifyPassword: () => false }
const server = saslServer({ directory: verifier })
const decoySecret = new Uint8Array(16)
const socket = new Socket()
const stored = parseStoredCredential('{PLAIN}tanstaaftanstaaf', { hint: 'dovecot' })
const keys = await makeStoredCredential('tanstaaftanstaaf', { scheme: 'SCRAM-SHA-256', iterations: 4096 })
const account = { name: 'tim', credentials: [keys.text] }
const nowhere = '/nowhere/at/all'
const suite = { test: () => assert.fail('a case was registered'), server: () => plainServer(verifier) }

/** As it is once it is connected, to nothing. */
const plugged = (): Socket => Object.defineProperty(new Socket(), 'pending', { value: false })

type Options = Readonly<Record<string, unknown>>

/** Who takes options, a name that it does not know, and those that it does. */
type Taker = readonly [what: string, call: (options: never) => unknown, misspelt: Options, known: string]

const WHOLE: readonly Taker[] = [
  [
    'plainServer',
    (options) => plainServer(verifier, options),
    { preparation: 'precis' },
    'prepare, maxPasswordLength',
  ],
  [
    'loginServer',
    (options) => loginServer(verifier, options),
    { maxLength: 72 },
    'prepare, maxPasswordLength',
  ],
  [
    'cramMd5Server',
    (options) => cramMd5Server({ secret: () => undefined }, options),
    { host: 'mail.example.org' },
    'hostname, challenge, prepare',
  ],
  [
    'cramMd5Client',
    (options) => cramMd5Client(tim, options),
    { preparename: 'none' },
    'prepare, prepareName',
  ],
  ['anonymousServer', anonymousServer, { authzid: 'guest' }, 'authcid'],
  [
    'makeScramCredentials',
    (options) => makeScramCredentials('SHA-256', 'x', options),
    { iteration: 100_000 },
    'salt, iterations, prepare, username, signal',
  ],
  [
    'parseStoredCredential',
    (options) => parseStoredCredential('{PLAIN}x', options),
    { hnt: 'dovecot' },
    'hint, preparation, limits',
  ],
  [
    'limits',
    (limits) => parseStoredCredential('{PLAIN}x', { hint: 'dovecot', limits }),
    { pbkdf2iterations: 1000 },
    'textLength, saltLength, pbkdf2Iterations, cryptRounds, bcryptCost, argon2Memory, argon2Work, scryptMemory, scryptWork, scryptLanes, yescryptMemory, yescryptWork',
  ],
  [
    'verifyPassword',
    (options) => verifyPassword(stored, 'x', options),
    { signl: AbortSignal.abort() },
    'username, realm, maxLength, signal',
  ],
  ['convert', (options) => convert(keys, 'kafka', options), { hashes: 'SHA-256' }, 'hash'],
  ['memoryStore', (options) => memoryStore([], options), { preparation: 'none' }, 'prepare, parse'],
  ['parse', (parse) => memoryStore([], { parse }), { hnt: 'dovecot' }, 'hint, preparation, limits'],
  ['parse', countAccounts, { hnt: 'dovecot' }, 'hint, preparation, limits'],
  [
    'parse',
    (parse) => directory({ find: () => undefined, census: countAccounts().census }, { decoySecret, parse }),
    { hnt: 'dovecot' },
    'hint, preparation, limits',
  ],
  ['parse', (parse) => missingSchemes(account, {}, parse), { hnt: 'dovecot' }, 'hint, preparation, limits'],
  [
    'missingSchemes',
    (wanted) => missingSchemes(account, wanted),
    { passwordhash: undefined },
    'scram, preset, iterations, format, passwordHash',
  ],
  ['verifiedPasswords', verifiedPasswords, { ttl: 1000 }, 'lifetime, entries, now'],
  [
    'passwdFileStore',
    (options) => passwdFileStore(nowhere, options),
    { scheme: 'PLAIN' },
    'defaultScheme, prepare, settle, maxLength, now, log',
  ],
  [
    'htpasswdStore',
    (options) => htpasswdStore(nowhere, options),
    { defaultScheme: 'PLAIN' },
    'prepare, settle, maxLength, now, log',
  ],
]

/** What is given more than the misspelt name. */
const BESIDE: readonly Taker[] = [
  [
    'acceptLogin',
    (options: Options) => acceptLogin(socket, careless({ protocol: imap, server, ...options })),
    { requireTLS: true },
    'protocol, server, hostname, tls, requireTls, capabilities, maxFailures, maxCommands, refusalDelay, onRefused, signal, identify, serverCertificate, tlsUnique',
  ],
  ...[{ timeout: 200 }, { tlsoptions: {} }].map(
    (misspelt) =>
      [
        'login',
        (options: Options) =>
          login({ protocol: imap, client, tls: 'none', host: '127.0.0.1', port: 1, ...options }),
        misspelt,
        'protocol, client, tls, host, port, socket, tlsOptions, hostname, signal, previous, tlsUnique',
      ] as const,
  ),
  [
    'connectionOf',
    (options: Options) => connectionOf(plugged(), { role: 'client', ...options }),
    { tlsunique: true },
    'role, service, host, identify, serverCertificate, tlsUnique',
  ],
  [
    'credentials',
    (options: Options) => saslClient({ ...tim, ...options }),
    { authzId: 'root' },
    'authcid, authzid, password, token, external, anonymous',
  ],
  [
    'scramServer',
    (options: Options) =>
      scramServer('SHA-256', { scramCredentials: () => undefined }, { decoySecret, ...options }),
    { decoyIteration: 4096 },
    'decoySecret, decoyIterations, decoySaltLength, nonce, prepare, vouchForOffered',
  ],
  [
    'parse',
    (parse) => directory({ find: () => undefined, census: countAccounts().census, parse }, { decoySecret }),
    { hnt: 'dovecot' },
    'hint, preparation, limits',
  ],
  [
    'passwordHash',
    (passwordHash) => missingSchemes(account, { passwordHash }),
    { scheme: 'bcrypt', costs: 13 },
    'scheme, format, preset, preparation, iterations, cost, rounds, memory, passes, lanes, N, r, p, salt, username, realm, signal',
  ],
  [
    'testMechanism',
    (options: Options) =>
      testMechanism(careless({ ...suite, client: {}, directory: {}, identity: tim, ...options })),
    { wrongSecrets: {} },
    'test, client, server, directory, identity, altered, replayed, connection, wrongSecret, unknownUser, actingAs',
  ],
  [
    'testStore',
    (options: Options) =>
      testStore({ test: suite.test, make: (accounts) => memoryStore(accounts), ...options }),
    { preparation: 'none' },
    'test, make, keep, prepare, cannotHold, oneCredential, noRefusals, refusals, noRealm, broken',
  ],
  [
    'testProfile',
    (options: Options) => testProfile({ test: suite.test, profile: imap, ...options }),
    { context: {} },
    'test, profile',
  ],
]

testRefused(
  [...WHOLE, ...BESIDE].map(([what, call, misspelt, known], at): Row => {
    const name = Object.keys(misspelt).at(-1)!
    return [
      `${name} of ${what}, ${at}`,
      () => call(careless(misspelt)),
      new RegExp(`^TypeError: ${what} has nothing named "${name}"; known are ${known}$`),
    ]
  }),
)

testRefused(
  WHOLE.flatMap(([what, call, , known], at) =>
    [null, 5, true].map((wrong): Row => {
      const told = `${what}: pass an object; known are ${known}|${what} takes options as an object: .*`
      return [
        `${wrong} for options of ${what}, ${at}`,
        () => call(careless(wrong)),
        new RegExp(`^TypeError: (?:${told})$`),
      ]
    }),
  ),
)

/** What a class has beside its accessors is looked at, and what it inherits is not. */
class Vault {
  readonly authcid = 'tim'
  get password(): string {
    return tim.password
  }
  rotate(): void {}
}

test('credentials of a class are taken', () => {
  const { mechanism } = saslClient(new Vault()).select(['SCRAM-SHA-256'])
  assert.equal(mechanism, 'SCRAM-SHA-256')
})
