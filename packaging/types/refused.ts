/** What must not compile. A line that compiles after all is an error: TS2578, unused '@ts-expect-error'. */
import {
  allowPlaintext,
  ClientExchange,
  type ClientMechanism,
  type Connection,
  type Directory,
  plainClient,
  plainServer,
  SaslError,
  type ServerMechanism,
  type ServerReply,
  saslClient,
  saslServer,
  scramClient,
  scramServer,
} from 'saslkit'
import {
  convert,
  makeStoredCredential,
  parseStoredCredential,
  type StoredCredential,
} from 'saslkit/credentials'
import type { Store } from 'saslkit/stores'
import { prepareName } from 'saslkit/strings'

const tim = { authcid: 'tim', password: 'secret' }
declare const configured: string
declare const reply: ServerReply
declare const stored: StoredCredential
declare const stores: Store[]
declare function said(connection: Connection): void

export function names(): void {
  // @ts-expect-error: no such variant
  scramClient('SHA-3', tim)
  // @ts-expect-error: the variant, not the name of the mechanism
  scramClient('SCRAM-SHA-256', tim)
  // @ts-expect-error: MD5 is no hash of SCRAM's
  scramClient('MD5', tim)
  // @ts-expect-error: in capitals, as registered
  scramServer('sha-256', { scramCredentials: () => undefined })
  // @ts-expect-error: a name is text
  saslServer({ directory: {} }).begin(1)
  // @ts-expect-error: names, or mechanisms
  saslClient(tim, { mechanisms: [1] })
  // @ts-expect-error: a list
  saslClient(tim, { mechanisms: 'PLAIN' })
  // @ts-expect-error: a mechanism that is known
  saslClient(tim, { mechanisms: ['PLANE'] })
  // @ts-expect-error: likewise
  saslServer({ directory: {}, policy: { mechanisms: ['SCRAM-SHA256'] } })
  // @ts-expect-error: in capitals, as registered
  saslServer({ directory: {}, policy: { mechanisms: ['plain'] } })
  // @ts-expect-error: which one it is, is not known; `as MechanismName` says that it is one of them
  saslClient(tim, { mechanisms: [configured] })
  // @ts-expect-error: a list
  saslClient(tim).select('PLAIN')
  // @ts-expect-error: a reason of the closed list
  new SaslError('no-such-reason', '')
  // @ts-expect-error: a binding that is registered, and known
  said({ secure: true, channelBindings: [{ type: 'tls-server', data: new Uint8Array(1) }] })
  // @ts-expect-error: a scheme that is known
  makeStoredCredential('secret', { scheme: 'argon2' })
  // @ts-expect-error: a format that holds SCRAM keys
  convert(stored, 'htpasswd')
  // @ts-expect-error: a system that is known
  parseStoredCredential('', { hint: 'no-such-system' })
  // @ts-expect-error: a way of preparation that is known
  prepareName('tim', 'nfkc')
}

export function secrets(): void {
  // @ts-expect-error: a password is text or octets
  saslClient({ authcid: 'tim', password: 12345 })
  // @ts-expect-error: also where a function gets it
  saslClient({ authcid: 'tim', password: () => 12345 })
  // @ts-expect-error: also later
  saslClient({ authcid: 'tim', password: async () => 12345 })
  // @ts-expect-error: none is undefined
  saslClient({ authcid: 'tim', password: null })
  // @ts-expect-error: a token is text
  saslClient({ token: 12345 })
  // @ts-expect-error: PLAIN needs one
  plainClient({ authcid: 'tim' })
  // @ts-expect-error: octets, not their hexadecimal
  saslServer({ directory: {}, decoySecret: '000102' })
  // @ts-expect-error: text
  makeStoredCredential(12345)
  // @ts-expect-error: a store keeps text or stored credentials
  stores.push({ find: () => ({ name: 'tim', credentials: [12345] }) })
}

export function shapes(): void {
  // @ts-expect-error: it is called authcid
  saslClient({ username: 'tim', password: 'secret' })
  // @ts-expect-error: no such option
  saslClient(tim, { minimumStrength: 'scram' })
  // @ts-expect-error: not one of the strengths
  saslClient(tim, { minimum: 'strong' })
  // @ts-expect-error: the least and the most
  saslClient(tim, { iterations: 4096 })
  // @ts-expect-error: disable, prefer or require
  saslClient(tim, { channelBinding: true })
  // @ts-expect-error: the switch is a symbol, so that it is found
  saslClient(tim, { allowPlaintext: true })
  // @ts-expect-error: true or false
  saslClient(tim, { [allowPlaintext]: 'yes' })
  // @ts-expect-error: whether it is secure has to be said
  saslClient(tim).select(['PLAIN'], { host: 'imap.example.org' })
  // @ts-expect-error: a directory is needed
  saslServer({})
  // @ts-expect-error: waiting is no verdict
  saslServer({ directory: {}, authorize: () => 'yes' })
  // @ts-expect-error: PLAIN asks for verifyPassword
  plainServer({ scramCredentials: () => undefined })
  // @ts-expect-error: a mechanism, not its name
  new ClientExchange('PLAIN')
  // @ts-expect-error: octets, not text
  saslClient(tim).select(['PLAIN']).challenge('AGZvbw==')
  // @ts-expect-error: an initial response that is not there is undefined
  saslServer({ directory: {} }).begin('PLAIN').step(null)
  // @ts-expect-error: nothing is read before its kind is known
  reply.identity
  // @ts-expect-error: and nothing is changed
  reply.kind = 'success'
}

export const halves: readonly (ClientMechanism | ServerMechanism)[] = [
  // @ts-expect-error: what starts it is missing
  { name: 'X' },
]
export const directories: readonly Directory[] = [
  // @ts-expect-error: a verdict is no number
  { verifyPassword: () => 1 },
  // @ts-expect-error: keys are octets
  { scramCredentials: () => ({ salt: '', iterations: 4096, storedKey: '', serverKey: '' }) },
]
