/** Server halves without what they ask: told at once, and not as `temporary` to everybody who logs in. */
import {
  anonymousServer,
  cramMd5Server,
  loginServer,
  oauthBearerServer,
  plainServer,
  type ScramServerOptions,
  scramServer,
  xoauth2Server,
} from '../../src/index.js'
import { careless, testRefused } from './refused.js'

const verifier = { verifyPassword: () => true }
const lookup = { secret: () => 'tanstaaftanstaaf' }
const keys = { scramCredentials: () => undefined }
const decoySecret = new Uint8Array(16)
const scram = (directory: unknown, options: unknown = { decoySecret }) =>
  scramServer('SHA-256', careless(directory), careless(options) as ScramServerOptions)

testRefused([
  ...[undefined, null, {}, 'tim', { verifypassword: 5 }].flatMap((directory) => {
    const given = String(JSON.stringify(directory))
    return [
      [
        `plainServer(${given})`,
        () => plainServer(careless(directory)),
        needs('plainServer', 'verifyPassword'),
      ],
      [
        `loginServer(${given})`,
        () => loginServer(careless(directory)),
        needs('loginServer', 'verifyPassword'),
      ],
      [`cramMd5Server(${given})`, () => cramMd5Server(careless(directory)), needs('cramMd5Server', 'secret')],
      [`scramServer of ${given}`, () => scram(directory), needs('scramServer', 'scramCredentials')],
      [
        `oauthBearerServer(${given})`,
        () => oauthBearerServer(careless(directory)),
        needs('oauthBearerServer', 'verifyToken'),
      ],
      [
        `xoauth2Server(${given})`,
        () => xoauth2Server(careless(directory)),
        needs('xoauth2Server', 'verifyToken'),
      ],
    ] as const
  }),
  ['plainServer of null for options', () => plainServer(verifier, careless(null)), takes('plainServer')],
  ['loginServer of a rule for options', () => loginServer(verifier, careless('none')), takes('loginServer')],
  ['cramMd5Server of null for options', () => cramMd5Server(lookup, careless(null)), takes('cramMd5Server')],
  ['scramServer of null for options', () => scram(keys, null), takes('scramServer')],
  ...[
    (options: object) => plainServer(verifier, options),
    (options: object) => loginServer(verifier, options),
    (options: object) => cramMd5Server(lookup, options),
    (options: object) => scram(keys, { decoySecret, ...options }),
  ].map(
    (make, i) =>
      [
        `a rule for names that there is not, ${i}`,
        () => make({ prepare: 'SASLprep' }),
        /^TypeError: prepare: unknown preparation SASLprep; known are saslprep/,
      ] as const,
  ),
  [
    'text for what makes challenges',
    () => cramMd5Server(lookup, { challenge: careless('<1@localhost>') }),
    /^TypeError: challenge must be a function that gives text/,
  ],
  [
    'text for what makes nonces',
    () => scram(keys, { decoySecret, nonce: 'abc' }),
    /^TypeError: nonce must be a function that gives text/,
  ],
  ...['', 5, null, 'a b', 'a>b', 'a\r\nb'].map(
    (hostname) =>
      [
        `${JSON.stringify(hostname)} for a host's name`,
        () => cramMd5Server(lookup, { hostname: careless(hostname) }),
        /^TypeError: hostname must be a host's name, as text/,
      ] as const,
  ),
  ...['', 5, null].map(
    (authcid) =>
      [
        `${JSON.stringify(authcid)} for who nobody is`,
        () => anonymousServer({ authcid: careless(authcid) }),
        /^TypeError: authcid must be non-empty/,
      ] as const,
  ),
])

function needs(maker: string, method: string): RegExp {
  return new RegExp(`^TypeError: ${maker} needs a directory; pass an object with ${method}\\(\\)$`)
}

function takes(maker: string): RegExp {
  return new RegExp(`^TypeError: ${maker} takes options as an object: \\{ prepare`)
}
