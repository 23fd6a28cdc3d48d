/** saslkit as a contestant: both halves through the public face, new connections for each exchange. */
import {
  type ClientCredentials,
  type ClientPolicy,
  type Connection,
  type MechanismName,
  type ScramClientKeys,
  saslClient,
} from 'saslkit'
import { AUTHCID, HASHES, PASSWORD, server, TOKEN } from './accounts.ts'
import { login, loginAwaited } from './login.ts'
import { type Exchange, serve } from './serve.ts'

const tls = (): Connection => ({ secure: true })
const tlsWithCertificate = (): Connection => ({ secure: true, externalIdentity: AUTHCID })

function exchangeOf(
  credentials: ClientCredentials,
  policy: ClientPolicy,
  { run = login, connection = tls } = {},
): Exchange {
  const client = saslClient(credentials, policy)
  return () => {
    const accepted = connection()
    const ours = client.select(server.offer(accepted), tls())
    return run(ours, server.begin(ours.mechanism, accepted))
  }
}

const password: ClientCredentials = { authcid: AUTHCID, password: PASSWORD }
const token: ClientCredentials = { authcid: AUTHCID, token: TOKEN }
const only = (name: MechanismName): ClientPolicy => ({ mechanisms: [name] })

const cases = new Map<string, Exchange>([
  ['PLAIN', exchangeOf(password, only('PLAIN'))],
  ['PLAIN-awaited', exchangeOf(password, only('PLAIN'), { run: loginAwaited })],
  ['LOGIN', exchangeOf(password, only('LOGIN'))],
  ['CRAM-MD5', exchangeOf(password, only('CRAM-MD5'))],
  ['EXTERNAL', exchangeOf({ external: true }, only('EXTERNAL'), { connection: tlsWithCertificate })],
  ['ANONYMOUS', exchangeOf({ anonymous: 't' }, only('ANONYMOUS'))],
  ['XOAUTH2', exchangeOf(token, only('XOAUTH2'))],
  ['OAUTHBEARER', exchangeOf(token, only('OAUTHBEARER'))],
])
for (const hash of HASHES) {
  const policy = only(`SCRAM-${hash}`)
  const keyCache = new Map<string, ScramClientKeys>()
  cases.set(`SCRAM-${hash}`, exchangeOf(password, { ...policy, keyCache }))
  cases.set(`SCRAM-${hash}-4096`, exchangeOf(password, policy))
}

await serve(cases)
