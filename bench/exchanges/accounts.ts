/** The account that every contestant logs in to, and a server that knows it. */
import {
  type Directory,
  makeScramCredentials,
  type SaslServer,
  type ScramCredentials,
  type ScramHash,
  saslServer,
} from 'saslkit'

export const AUTHCID = 'user'
export const PASSWORD = 'pencil'
export const TOKEN = 'vF9dft4qmTc2Nvb3RlckBhbHRhdmlzdGEuY29tCg'

export const HASHES: readonly ScramHash[] = ['SHA-1', 'SHA-256', 'SHA-512']

const salt = new Uint8Array(Buffer.from('W22ZaJ0SNY7soEsUEjb6gQ==', 'base64'))
const keys = new Map<ScramHash, ScramCredentials>()
for (const hash of HASHES)
  keys.set(hash, await makeScramCredentials(hash, PASSWORD, { salt, iterations: 4096 }))

/** Compares as the other contestants' callbacks do, and waits for nothing. */
const directory: Directory = {
  scramHashes: HASHES,
  // pg logs in without a name, for PostgreSQL has it already, and writes "*" in its place.
  scramCredentials: (authcid, hash) => (authcid === AUTHCID || authcid === '*' ? keys.get(hash) : undefined),
  verifyPassword: (authcid, password) => authcid === AUTHCID && password === PASSWORD,
  secret: (authcid) => (authcid === AUTHCID ? PASSWORD : undefined),
  verifyToken: (token) => (token === TOKEN ? { authcid: AUTHCID } : { status: 'invalid_token' }),
}

/** Offers everything, as a mail server might. */
export const server: SaslServer = saslServer({
  directory,
  decoySecret: new Uint8Array(32),
  policy: {
    mechanisms: [
      ...HASHES.map((hash) => `SCRAM-${hash}` as const),
      'EXTERNAL',
      'OAUTHBEARER',
      'XOAUTH2',
      'CRAM-MD5',
      'PLAIN',
      'LOGIN',
      'ANONYMOUS',
    ],
  },
})
