const HASHES = ['SHA3-512', 'SHA-512', 'SHA-384', 'SHA-256', 'SHA-224', 'SHA-1']

/** Each mechanism that the public face offers: who is let in, and what comes of a wrong password, token or certificate. */
export const LOGINS: readonly (readonly [mechanism: string, right: string, wrong: string])[] = [
  ...['-PLUS', ''].flatMap((plus) =>
    HASHES.map((hash) => [`SCRAM-${hash}${plus}`, 'tim', 'invalid-credentials'] as const),
  ),
  ['EXTERNAL', 'tim', 'mechanism-unavailable'],
  ['OAUTHBEARER', 'tim', 'invalid-credentials'],
  ['XOAUTH2', 'tim', 'invalid-credentials'],
  ['CRAM-MD5', 'tim', 'invalid-credentials'],
  ['PLAIN', 'tim', 'invalid-credentials'],
  ['LOGIN', 'tim', 'invalid-credentials'],
  ['ANONYMOUS', 'anonymous', 'anonymous'],
]

/** Logs in by every mechanism that the installed library says it has, both halves, with what is right and what is wrong. */
export const LOG_IN = `
const right = { authcid: 'tim', password: 'tanstaaftanstaaf', token: 'good', external: true, anonymous: true }
const wrong = { ...right, password: 'wrong', token: 'bad' }
const hashes = ${JSON.stringify(HASHES)}
const connection = { secure: true, channelBindings: [{ type: 'tls-exporter', data: new Uint8Array(32) }] }

async function logIn() {
  const { authcid, password } = right
  const directory = await memoryDirectory([{ authcid, password }], { hashes, iterations: 4096 })
  directory.verifyToken = (token) => (token === 'good' ? { authcid } : { status: 'invalid_token' })
  for (const name of CLIENT_MECHANISMS)
    console.log(name, await outcome(directory, name, right), await outcome(directory, name, wrong))
}

async function outcome(directory, name, credentials) {
  const policy = { mechanisms: [name] }
  const server = saslServer({ directory, decoySecret: new Uint8Array(16), policy })
  const externalIdentity = credentials === right ? 'tim' : undefined
  const serverHalf = server.begin(name, { ...connection, externalIdentity })
  const clientHalf = saslClient(credentials, policy).select([name], connection)
  let reply = await serverHalf.step(await clientHalf.start())
  while (reply.kind === 'challenge')
    reply = await serverHalf.step(await clientHalf.challenge(reply.challenge))
  if (reply.kind === 'failure') return reply.reason
  await clientHalf.success(reply.additionalData)
  return reply.identity.authcid
}
`

/** What that prints. A mechanism without a row prints more. */
export const LOGGED_IN: string = LOGINS.map((login) => `${login.join(' ')}\n`).join('')

const NAMES = '{ CLIENT_MECHANISMS, memoryDirectory, saslClient, saslServer }'

/** The beginning of an ES module that needs all of `entrances`, as far as a bundler can see. */
const importing = (entrances: readonly string[]): string =>
  [
    `import ${NAMES} from 'saslkit'`,
    ...entrances.map((name, at) => `import * as entrance${at} from '${name}'`),
    `globalThis.entrances = [${entrances.map((_, at) => `entrance${at}`)}]`,
    LOG_IN,
  ].join('\n')

export const esModule = (entrances: readonly string[]): string => `${importing(entrances)}\nawait logIn()`

export const commonJs = (entrances: readonly string[]): string =>
  [
    `const ${NAMES} = require('saslkit')`,
    `globalThis.entrances = [${entrances.map((name) => `require('${name}')`)}]`,
    LOG_IN,
    'logIn()',
  ].join('\n')

/** A module of Workers whose test logs in: nothing may be done before it is asked to. */
export const workerModule = (entrances: readonly string[]): string =>
  `${importing(entrances)}\nexport default { async test() { await logIn() } }`
