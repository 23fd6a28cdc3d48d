/**
 * What callers hand in is of any buffer, for so are the octets that sockets, databases and older declarations of Node give;
 * what they are handed is in memory that no thread shares, and so fits whatever takes octets.
 */
import {
  base64,
  type ChannelBinding,
  type ClientExchange,
  type Connection,
  challenge,
  type Directory,
  EMPTY,
  failure,
  hmacMd5FromState,
  hmacMd5State,
  loginClient,
  type MemoryAccount,
  makeScramCredentials,
  type Octets,
  type Pbkdf2Credentials,
  plainClient,
  type ScramClientKeys,
  type ScramCredentials,
  type ScramKeyCache,
  type Secret,
  type SecurityLayer,
  type ServerExchange,
  type ServerMechanism,
  saslClient,
  saslServer,
  scramClient,
  scramServer,
  text,
} from 'saslkit'
import { makeStoredCredential, type StoredCredential } from 'saslkit/credentials'
import * as imap from 'saslkit/profiles/imap'
import * as pop3 from 'saslkit/profiles/pop3'
import * as smtp from 'saslkit/profiles/smtp'
import { directory, type Store } from 'saslkit/stores'

declare const octets: Uint8Array<ArrayBufferLike>
declare const layer: SecurityLayer
declare const stored: StoredCredential
declare const store: Store
declare const offered: Parameters<typeof imap.carriesInitialResponse>[2]
declare const commandIn: Parameters<typeof imap.writeAuthenticateCommand>[2]

const keys: ScramCredentials = { salt: octets, iterations: 4096, storedKey: octets, serverKey: octets }
const secrets: readonly Secret[] = [{ secret: octets }, { hmacMd5State: octets }]
const pbkdf2: Pbkdf2Credentials = { hash: 'SHA-256', salt: octets, iterations: 4096, key: octets }
const account: MemoryAccount = { authcid: 'tim', scram: { 'SHA-256': keys }, pbkdf2, hmacMd5State: octets }
const binding: ChannelBinding = { type: 'tls-exporter', data: octets }
const connection: Connection = { secure: true, channelBindings: [binding] }
const kept: ScramClientKeys = { clientKey: octets, serverKey: octets, storedKey: octets }
const keyCache: ScramKeyCache = { get: () => kept, set: () => {} }
const answers: Directory = {
  scramCredentials: () => ({ ...keys, authcid: 'tim' }),
  decoy: async () => keys,
  secret: async () => ({ hmacMd5State: octets }),
}

/** All that takes octets. */
async function taken(client: ClientExchange, server: ServerExchange): Promise<void> {
  await client.challenge(octets)
  await client.success(octets)
  await server.step(octets)
  layer.unwrap(layer.wrap(octets))
  for (const password of [octets, () => octets, async () => octets]) {
    saslClient({ authcid: 'tim', password }, { keyCache })
    scramClient('SHA-256', { authcid: 'tim', password })
    for (const half of [plainClient, loginClient]) half({ authcid: 'tim', password })
  }
  saslServer({ directory: answers, decoySecret: octets })
  scramServer('SHA-256', { scramCredentials: () => keys }, { decoySecret: octets })
  directory(store, { decoySecret: octets })
  hmacMd5FromState(octets, octets)
  await makeStoredCredential('secret', { scheme: 'pbkdf2-sha256', salt: octets })
  base64(octets)
  text(octets)
  for (const profile of [smtp, imap, pop3]) {
    profile.writeResponse(octets)
    profile.writeChallenge(octets)
  }
  smtp.carriesInitialResponse('PLAIN', octets)
  pop3.carriesInitialResponse('PLAIN', octets)
  imap.carriesInitialResponse('PLAIN', octets, offered, commandIn)
  smtp.writeAuthenticateCommand('PLAIN', octets)
  pop3.writeAuthenticateCommand('PLAIN', octets)
  imap.writeAuthenticateCommand('PLAIN', octets, commandIn)
}

/** All that gives them. */
async function given(client: ClientExchange, server: ServerExchange): Promise<readonly Octets[]> {
  const reply = await server.step(undefined)
  const { salt, storedKey, serverKey } = await makeScramCredentials('SHA-256', 'secret', { salt: octets })
  const read = await stored.scramCredentials('SHA-256')
  const { secret } = stored
  return [
    (await client.start()) ?? (await client.challenge(octets)),
    ...(reply.kind === 'challenge' ? [reply.challenge] : []),
    ...(reply.kind !== 'challenge' && reply.additionalData ? [reply.additionalData] : []),
    layer.wrap(octets),
    layer.unwrap(octets),
    hmacMd5State(octets),
    salt,
    storedKey,
    serverKey,
    ...(read ? [read.salt, read.storedKey, read.serverKey] : []),
    ...(secret && 'hmacMd5State' in secret ? [secret.hmacMd5State] : []),
  ]
}

/** Whoever writes a mechanism or a layer may write it for these alone. */
const half: ServerMechanism = {
  name: 'X',
  start: (first) => challenge(first ?? EMPTY, (next: Octets) => challenge(next, () => failure('aborted'))),
}
const plain: SecurityLayer = { wrap: (message: Octets) => message, unwrap: (message: Octets) => message }

export { account, connection, given, half, plain, secrets, taken }
