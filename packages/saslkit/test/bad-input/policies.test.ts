/** A policy that is none must not pass for one that allows all. */
import { memoryDirectory, saslClient, saslServer } from '../../src/index.js'
import { careless, testRefused } from './refused.js'

const tim = { authcid: 'tim', password: 'tanstaaftanstaaf' }
const directory = await memoryDirectory([tim], { iterations: 4096 })
const decoySecret = new Uint8Array(16)
const NAMES = ['SCRAM-SHA-256']

const client = (policy: unknown) => () => saslClient(tim, careless(policy))
const server = (options: object) => () => saslServer(careless({ directory, decoySecret, ...options }))

const password = (password: unknown) => () => saslClient(careless({ authcid: 'tim', password }))
const PASSWORD = /^TypeError: password \(or its UTF-8 octets\) must be non-empty/

testRefused([
  [
    'a mechanism that the directory cannot serve',
    server({ directory: {}, policy: { mechanisms: ['PLAIN'] } }),
    /^TypeError: PLAIN needs a directory with verifyPassword\(\)$/,
  ],
  ['a number for a password', password(3), PASSWORD],
  ['null for a password', password(null), PASSWORD],
  ['an empty password', password(''), PASSWORD],
  ['a password with NUL', password('a\0b'), PASSWORD],
  ['octets for a password that are no text', password(Uint8Array.of(0xff)), PASSWORD],
  ...['no', '', 1, null, {}].map(
    (external) =>
      [
        `${JSON.stringify(external)} for external`,
        () => saslClient(careless({ external })),
        /^TypeError: external must be true or false$/,
      ] as const,
  ),
  ...[5, null, {}, () => 'trace'].map(
    (anonymous) =>
      [
        `${typeof anonymous} ${JSON.stringify(anonymous)} for anonymous`,
        () => saslClient(careless({ anonymous })),
        /^TypeError: anonymous must be true or false, or text that is left as trace information$/,
      ] as const,
  ),
  [
    'a list for a client’s policy',
    client(NAMES),
    /^TypeError: policy must be an object.* known are mechanisms, minimum/,
  ],
  ['a name for a client’s policy', client('SCRAM-SHA-256'), /^TypeError: policy must be an object/],
  ['null for a client’s policy', client(null), /^TypeError: policy must be an object/],
  [
    'mechanism for mechanisms',
    client({ mechanism: NAMES }),
    /^TypeError: policy has nothing named "mechanism"; known are mechanisms/,
  ],
  ['a name for mechanisms', client({ mechanisms: 'PLAIN' }), /^TypeError: policy.mechanisms must be a list/],
  [
    'a number among mechanisms',
    client({ mechanisms: [5] }),
    /^TypeError: policy.mechanisms holds names, and/,
  ],
  [
    'nothing among mechanisms',
    client({ mechanisms: [null] }),
    /^TypeError: policy.mechanisms holds names, and/,
  ],
  [
    'a mechanism that cannot start',
    client({ mechanisms: [{ name: 'X' }] }),
    /^TypeError: policy.mechanisms holds names/,
  ],
  [
    'a word for channelBinding',
    client({ channelBinding: 'always' }),
    /^RangeError: channelBinding must be disable, prefer/,
  ],
  ['a number for iterations', client({ iterations: 5000 }), /^TypeError: iterations must be \[min, max\]/],
  [
    'a false spelling of a binding type',
    client({ bindingTypes: ['tls-server-endpoint'] }),
    /^RangeError: unknown binding type "tls-server-endpoint"; known are tls-exporter, tls-server-end-point, tls-unique/,
  ],
  [
    'text for binding types',
    client({ bindingTypes: 'tls-exporter' }),
    /^TypeError: bindingTypes must be a list/,
  ],
  [
    'an object for a key cache',
    client({ keyCache: {} }),
    /^TypeError: keyCache needs get\(\) and set\(\); a Map/,
  ],
  [
    'a key cache without set',
    client({ keyCache: { get() {} } }),
    /^TypeError: keyCache needs get\(\) and set\(\)/,
  ],
  ['nothing for a key cache', client({ keyCache: null }), /^TypeError: keyCache needs get\(\) and set\(\)/],
  [
    'a false spelling of how passwords are prepared',
    client({ prepare: 'SASLprep' }),
    /^TypeError: prepare: unknown preparation SASLprep; known are saslprep, precis, postgresql, mongodb, none$/,
  ],
  [
    'a rule for names where passwords are prepared',
    client({ prepare: 'precis-case-preserved' }),
    /^TypeError: prepare: unknown/,
  ],
  [
    'a false spelling of how names are prepared',
    client({ prepareName: 'PRECIS' }),
    /^TypeError: prepareName: unknown preparation PRECIS; known are .*, precis-case-preserved$/,
  ],
  [
    'nothing for a server',
    () => saslServer(careless(undefined)),
    /^TypeError: pass an object: \{ directory \}/,
  ],
  [
    'a directory for a server',
    () => saslServer(careless(directory)),
    /^TypeError: directory must be an object/,
  ],
  [
    'a list for a server’s policy',
    server({ policy: NAMES }),
    /^TypeError: policy must be an object.* known are mechanisms, channelBinding$/,
  ],
  [
    'minimum in a server’s policy',
    server({ policy: { minimum: 'scram' } }),
    /^TypeError: policy has nothing named "minimum"/,
  ],
  [
    'mechanisms beside a server’s policy',
    server({ mechanisms: NAMES }),
    /^TypeError: saslServer has nothing named "mechanisms"; known are directory/,
  ],
  [
    'a false spelling of how a server prepares',
    server({ prepare: 'SASLprep' }),
    /^TypeError: prepare: unknown preparation SASLprep; known/,
  ],
  ['a word for authorize', server({ authorize: 'yes' }), /^TypeError: authorize must be a function/],
  [
    'a map for a directory',
    server({ directory: new Map() }),
    /^TypeError: directory has none of verifyPassword, scramCredentials, secret, verifyToken; pass/,
  ],
  [
    'a directory with a name misspelled',
    server({ directory: { verifypassword() {} } }),
    /^TypeError: directory has none of verifyPassword/,
  ],
  [
    'a directory with a word for a method',
    server({ directory: { verifyPassword: 'yes' } }),
    /^TypeError: directory.verifyPassword must be a function/,
  ],
  [
    'text for a decoy secret',
    server({ decoySecret: 'sixteen octets and more' }),
    /^TypeError: decoySecret must be octets.*; pass a Uint8Array$/,
  ],
  [
    'text for a decoy secret that nobody needs',
    server({ directory: { verifyPassword() {} }, decoySecret: 'x' }),
    /^TypeError: decoySecret must be octets/,
  ],
  [
    'a short decoy secret',
    server({ decoySecret: new Uint8Array(15) }),
    /^RangeError: decoySecret must be at least 16/,
  ],
])
