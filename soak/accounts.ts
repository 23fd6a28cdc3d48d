/** What logins are checked against: a directory in memory, and one over a store. */
import {
  type Connection,
  type Directory,
  type MechanismName,
  makeScramCredentials,
  memoryDirectory,
  type SaslServer,
  saslServer,
} from 'saslkit'
import { allowBroken, makeStoredCredential } from 'saslkit/credentials'
import { directory, type MemoryStore, memoryStore, verifiedPasswords } from 'saslkit/stores'

export const PASSWORD = 'tanstaaftanstaaf'
export const TOKEN = 'ya29.good'
export const ACCOUNTS = 1000
export const nameOf = (at: number): string => `user${at % ACCOUNTS}`

const HASHES = ['SHA-1', 'SHA-256', 'SHA-512'] as const
export const iterations = 4096

export const connection: Connection = {
  secure: true,
  host: 'mail.example',
  channelBindings: [{ type: 'tls-exporter', data: new Uint8Array(32) }],
  externalIdentity: 'user1',
}

/** One set of keys for all: to make a thousand takes longer than to use a million. */
const keys = {
  'SHA-1': await makeScramCredentials('SHA-1', PASSWORD, { iterations }),
  'SHA-256': await makeScramCredentials('SHA-256', PASSWORD, { iterations }),
  'SHA-512': await makeScramCredentials('SHA-512', PASSWORD, { iterations }),
}

const memory = await memoryDirectory(
  Array.from({ length: ACCOUNTS }, (_, at) => ({ authcid: nameOf(at), password: PASSWORD, scram: keys })),
  { hashes: HASHES, iterations },
)

const inMemory: Directory = {
  ...memory,
  verifyToken: (token) => (token === TOKEN ? { authcid: 'user1' } : { status: 'invalid_token' }),
}

const texts = await Promise.all([
  makeStoredCredential(PASSWORD, { scheme: 'SCRAM-SHA-256', iterations }),
  makeStoredCredential(PASSWORD, { scheme: 'ssha512', [allowBroken]: true }),
])

export const store: MemoryStore = await memoryStore(
  Array.from({ length: ACCOUNTS }, (_, at) => ({
    name: nameOf(at),
    credentials: [texts.map(({ text }) => text)],
  })),
)

export const decoySecret: Uint8Array<ArrayBuffer> = new Uint8Array(32).fill(1)
const overStore = directory(store, { decoySecret, verified: verifiedPasswords({ entries: 500 }) })

/** Takes its time, as a database does: each answer comes later. */
const later: Directory = {
  scramHashes: ['SHA-256'],
  scramCredentials: async (...asked) => inMemory.scramCredentials!(...asked),
  verifyPassword: async (...asked) => inMemory.verifyPassword!(...asked),
}

const all: readonly MechanismName[] = [
  'SCRAM-SHA-1',
  'SCRAM-SHA-256',
  'SCRAM-SHA-512',
  'SCRAM-SHA-256-PLUS',
  'EXTERNAL',
  'OAUTHBEARER',
  'XOAUTH2',
  'CRAM-MD5',
  'PLAIN',
  'LOGIN',
  'ANONYMOUS',
]

export const SERVERS: Readonly<Record<'inMemory' | 'overStore' | 'later', SaslServer>> = {
  inMemory: saslServer({
    directory: inMemory,
    decoySecret,
    policy: { mechanisms: all },
    authorize: ({ authcid, authzid }) => authcid === authzid,
  }),
  overStore: saslServer({ directory: overStore }),
  later: saslServer({ directory: later, decoySecret }),
}
