import assert from 'node:assert/strict'
import type { MechanismName } from 'saslkit'
import { JURGEN, TIM, WRONG_PASSWORD } from './accounts.ts'
import { certificates, type MailProtocol, type MailServer, startMailServer, TOKEN } from './mail-server.ts'
import type { MailLogin } from './peers/mail-login.ts'
import type { Ended } from './peers/process.ts'
import type { Peer } from './peers/require-peer.ts'
import { prove } from './prove.ts'

export interface MailClient {
  readonly peer: Peer
  readonly run: (login: MailLogin) => Promise<Ended>
  /** The exit status that says: the server refused us. */
  readonly refused: number
}

/** One way to log in to our server, and what the server offers. */
export interface Way extends Pick<MailLogin, 'transport' | 'mechanism'> {
  readonly protocol: MailProtocol
  /** Default: all those that the clients know. */
  readonly offered?: readonly MechanismName[]
  readonly binding?: string
  /** What the client is told to use, where that is not the mechanism's name. */
  readonly asked?: string
}

const ALL: readonly MechanismName[] = [
  'SCRAM-SHA-256-PLUS', 'SCRAM-SHA-1-PLUS', 'SCRAM-SHA-256', 'SCRAM-SHA-1',
  'EXTERNAL', 'OAUTHBEARER', 'XOAUTH2', 'CRAM-MD5', 'PLAIN', 'LOGIN'] // biome-ignore format: a list

type Credentials = Pick<MailLogin, 'authcid' | 'authzid' | 'password' | 'token' | 'certificate'>

/** Has the client log in, and gives what it and the server have to say about that. */
export async function attempt(
  client: MailClient,
  way: Way,
  credentials: Credentials,
): Promise<Ended & Pick<MailServer, 'logins' | 'refusals'>> {
  const { protocol, transport, mechanism, asked = mechanism, offered = ALL } = way
  await using server = await startMailServer(protocol, offered)
  const ended = await client.run({
    protocol,
    transport,
    mechanism: asked,
    port: transport === 'TLS' ? server.tlsPort : server.port,
    ca: (await certificates()).ca,
    ...credentials,
  })
  return { ...ended, logins: server.logins, refusals: server.refusals }
}

/** The client has done all that it wanted to, and the server knows whom it served, how and over what. */
export async function assertIn(client: MailClient, way: Way, credentials: Credentials): Promise<Ended> {
  const outcome = await attempt(client, way, credentials)
  const { status, stdout, stderr, logins, refusals } = outcome
  const said = `${stdout}\n${stderr}\n${refusals.map(({ reason, cause }) => `${reason} ${cause}`)}`
  assert.equal(status, 0, said)
  assert.deepEqual(
    logins.map(({ identity, mechanism, connection }) => [identity.authcid, mechanism, connection.secure]),
    [[credentials.authcid, way.mechanism, way.transport !== 'cleartext']],
    said,
  )
  assert.deepEqual(refusals, [], said)
  return outcome
}

/** The client has understood that it is not in; so has the server, for that reason, if anything was tried at all. */
export async function assertOut(
  client: MailClient,
  way: Way,
  credentials: Credentials,
  reason: string | undefined,
): Promise<void> {
  const { status, stdout, stderr, logins, refusals } = await attempt(client, way, credentials)
  const said = `${stdout}\n${stderr}`
  assert.equal(status, client.refused, said)
  assert.deepEqual(logins, [])
  assert.equal(refusals[0]?.reason, reason, said)
}

const resultOf = ({ peer }: MailClient, { mechanism, protocol, transport, binding }: Way) =>
  ({ peer, mechanism, role: 'server', protocol, transport, binding }) as const

/** For mechanisms with a password: in, and not in with a wrong one. */
export function provePassword(client: MailClient, way: Way, { unicode = true } = {}): void {
  const result = resultOf(client, way)
  prove({ ...result, shows: 'logs in' }, () => assertIn(client, way, TIM))
  if (unicode) prove({ ...result, shows: 'logs in as jürgen' }, () => assertIn(client, way, JURGEN))
  prove({ ...result, shows: 'wrong password refused' }, () =>
    assertOut(client, way, { ...TIM, password: WRONG_PASSWORD }, 'invalid-credentials'),
  )
}

/** For those that can ask to act as another: nobody may here. */
export function proveAuthzid(client: MailClient, way: Way): void {
  prove({ ...resultOf(client, way), shows: 'asking to act as another refused' }, () =>
    assertOut(client, way, { ...TIM, authzid: JURGEN.authcid }, 'not-authorized'),
  )
}

/** For the command that the protocol had before SASL: PLAIN in other words. */
export function provePasswordCommand(client: MailClient, way: Way, command: string): void {
  const result = resultOf(client, way)
  prove({ ...result, shows: `logs in by ${command}` }, () => assertIn(client, way, TIM))
  prove({ ...result, shows: `wrong password refused by ${command}` }, () =>
    assertOut(client, way, { ...TIM, password: WRONG_PASSWORD }, 'invalid-credentials'),
  )
}

/** For those with a token. Where the client answers the server's error, as it should, the server gets to say no. */
export function proveToken(client: MailClient, way: Way, { hangsUp = false } = {}): void {
  const result = resultOf(client, way)
  prove({ ...result, shows: 'logs in' }, () => assertIn(client, way, { authcid: 'tim', token: TOKEN }))
  prove({ ...result, shows: hangsUp ? 'hangs up on a bad token' : 'bad token refused' }, () =>
    assertOut(
      client,
      way,
      { authcid: 'tim', token: `${TOKEN}x` },
      hangsUp ? 'aborted' : 'invalid-credentials',
    ),
  )
}

/** For EXTERNAL: in with a certificate, out without. */
export function proveCertificate(client: MailClient, way: Way): void {
  const result = resultOf(client, way)
  prove({ ...result, shows: 'logs in' }, async () =>
    assertIn(client, way, { authcid: 'tim', certificate: (await certificates()).client }),
  )
  prove({ ...result, shows: 'refused without a certificate' }, () =>
    assertOut(client, way, { authcid: 'tim' }, undefined),
  )
}

/** For those that show the secret, over a connection without TLS: not offered, and not taken from who tries. */
export function proveRefusal(client: MailClient, way: Way): void {
  prove({ ...resultOf(client, way), shows: 'refused before TLS' }, () =>
    assertOut(client, way, TIM, undefined),
  )
}
