/** What compiles, and the types that come of it, to the letter. */
import {
  type Awaitable,
  allowPlaintext,
  CLIENT_MECHANISMS,
  type ClientCredentials,
  ClientExchange,
  type ClientMechanism,
  type ClientPolicy,
  type Considered,
  type Directory,
  type FailureReason,
  type fromBase64,
  type Identity,
  type MechanismName,
  type makeScramCredentials,
  memoryDirectory,
  type NoMechanism,
  type Octets,
  plainClient,
  type SaslError,
  type SaslServerOptions,
  type ScramCredentials,
  type ScramVariant,
  type SecurityLayer,
  type ServerExchange,
  type ServerMechanism,
  type ServerReply,
  saslClient,
  saslServer,
  scramClient,
} from 'saslkit'
import type {
  convert,
  makeStoredCredential,
  parseStoredCredential,
  StoredCredential,
} from 'saslkit/credentials'
import * as imap from 'saslkit/profiles/imap'
import * as pop3 from 'saslkit/profiles/pop3'
import * as smtp from 'saslkit/profiles/smtp'
import { directory, memoryStore, type Store } from 'saslkit/stores'
import type { preparePassword } from 'saslkit/strings'
import { testMechanism, testProfile, testStore } from 'saslkit/testing'

type Equal<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false
type All<Cases extends readonly true[]> = Cases

const client = saslClient({ authcid: 'tim', password: 'secret' })
const clientHalf = client.select(['PLAIN'], { secure: true })
const server = saslServer({ directory: {}, decoySecret: new Uint8Array(16) })
const serverHalf = server.begin('PLAIN')
declare const reply: Awaited<ReturnType<typeof serverHalf.step>>

/** Narrowed by its kind, a reply has what belongs to that kind. */
function kinds(): void {
  if (reply.kind === 'challenge') {
    type _ = All<[Equal<typeof reply.challenge, Octets>]>
  } else if (reply.kind === 'success') {
    type _ = All<
      [
        Equal<typeof reply.identity, Identity>,
        Equal<typeof reply.additionalData, Octets | undefined>,
        Equal<typeof reply.layer, SecurityLayer | undefined>,
      ]
    >
  } else {
    type _ = All<
      [
        Equal<typeof reply.kind, 'failure'>,
        Equal<typeof reply.reason, FailureReason>,
        Equal<typeof reply.cause, unknown>,
      ]
    >
  }
}

type Inferred = All<
  [
    Equal<Octets, Uint8Array<ArrayBuffer>>,
    Equal<Awaitable<string>, string | PromiseLike<string>>,
    Equal<typeof clientHalf, ClientExchange>,
    Equal<typeof serverHalf, ServerExchange>,
    Equal<typeof reply, ServerReply>,
    Equal<ReturnType<typeof clientHalf.start>, Awaitable<Octets | undefined>>,
    Equal<ReturnType<typeof clientHalf.challenge>, Awaitable<Octets>>,
    Equal<ReturnType<typeof clientHalf.success>, Awaitable<void>>,
    Equal<ReturnType<typeof clientHalf.failure>, SaslError>,
    Equal<ReturnType<typeof server.offer>, readonly string[]>,
    Equal<ReturnType<typeof client.consider>, readonly Considered[]>,
    Equal<Extract<MechanismName, `SCRAM-${string}`>, `SCRAM-${ScramVariant}`>,
    Equal<Considered['verdict'], 'selected' | 'less-preferred' | 'passed-over'>,
    Equal<Awaited<ReturnType<typeof makeScramCredentials>> extends ScramCredentials ? true : false, true>,
    Equal<ReturnType<typeof fromBase64>, Octets | undefined>,
    Equal<SaslError['reason'], FailureReason>,
    Equal<NoMechanism['considered'], readonly Considered[]>,
    Equal<ReturnType<typeof parseStoredCredential>, StoredCredential>,
    Equal<Awaited<ReturnType<typeof makeStoredCredential>>, StoredCredential>,
    Equal<Awaited<ReturnType<typeof convert>>, StoredCredential>,
    Equal<Awaited<ReturnType<typeof preparePassword>>, string>,
    Equal<ReturnType<typeof scramClient>, ClientMechanism>,
    Equal<Extract<ScramVariant, `${string}-PLUS`> extends `SHA${string}-PLUS` ? true : false, true>,
  ]
>

/** Each option may be undefined outright, also for those who compile with exactOptionalPropertyTypes. */
const credentials: ClientCredentials = { authcid: 'tim', password: undefined, token: undefined }
const policy: ClientPolicy = { minimum: undefined, iterations: [4096, 100_000], [allowPlaintext]: true }
const options: SaslServerOptions = { directory: {}, authorize: undefined, policy: undefined }

/** Credentials are values or functions, at once or later. */
const obtained: ClientCredentials[] = [
  { authcid: 'tim', password: () => 'secret' },
  { authcid: 'tim', password: async (previous) => previous?.reason ?? 'secret' },
  { authcid: 'tim', password: new Uint8Array([0x73]) },
  { token: async (_previous, signal) => (signal?.aborted ? '' : 'token') },
]

/** What names a mechanism may come from elsewhere: once it is said to be a name, TypeScript takes it. */
declare const configured: string
const named: ClientPolicy = {
  mechanisms: ['SCRAM-SHA-256', configured as MechanismName, ...CLIENT_MECHANISMS],
}

/** A mechanism of one's own, and a directory, need no more than an object of the right shape. */
const nothing: ServerMechanism = { name: 'X', start: () => ({ kind: 'failure', reason: 'aborted' }) }
const own: Directory = { verifyPassword: (authcid, password) => authcid === password }
const accounts: Store = { find: () => undefined }

/** What one part makes, another takes. */
async function together(): Promise<void> {
  saslServer({ directory: own, policy: { mechanisms: ['PLAIN', nothing] } })
  saslServer({ directory: await memoryDirectory([{ authcid: 'tim', password: 'secret' }]) })
  saslServer({ directory: directory(accounts, { decoySecret: new Uint8Array(16) }) })
  saslServer({ directory: directory(await memoryStore([]), { decoySecret: new Uint8Array(16) }) })
  saslClient(credentials, { ...policy, mechanisms: [plainClient({ authcid: 'tim', password: 'secret' })] })
  new ClientExchange(scramClient('SHA-256-PLUS', { authcid: 'tim', password: 'secret' }))
  for (const profile of [smtp, imap, pop3]) testProfile({ test: () => {}, profile })
}

export type { Inferred }
export { kinds, named, obtained, options, testMechanism, testStore, together }
