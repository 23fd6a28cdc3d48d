/** Accounts whose every secret the search knows. */
import type { Connection } from '../../src/connection.js'
import { makeScramCredentials } from '../../src/credentials/make-scram-credentials.js'
import type { MemoryAccount } from '../../src/credentials/memory-account.js'
import { memoryDirectory } from '../../src/credentials/memory-directory.js'
import type { Directory, ScramCredentials, ScramHash } from '../../src/directory.js'
import { ITERATIONS, PASSWORD, SALT, SCRAM_DIGESTS, TOKEN } from './sentinels.js'

export const HASHES: readonly ScramHash[] = Object.keys(SCRAM_DIGESTS) as ScramHash[]
export const DECOY_SECRET: Uint8Array<ArrayBuffer> = new Uint8Array(32).fill(7)

export const connection: Connection = {
  secure: true,
  tlsVersion: 'TLSv1.3',
  host: 'mail.example',
  channelBindings: [{ type: 'tls-exporter', data: new Uint8Array(32) }],
  externalIdentity: 'user',
}

const scram: Record<string, ScramCredentials> = {}
for (const hash of HASHES)
  scram[hash] = await makeScramCredentials(hash, PASSWORD, { salt: SALT, iterations: ITERATIONS })

const account = (authcid: string, refused?: MemoryAccount['refused']): MemoryAccount => ({
  authcid,
  password: PASSWORD,
  scram,
  refused,
})

export const memory: Awaited<ReturnType<typeof memoryDirectory>> = await memoryDirectory([
  account('user'),
  account('disabled', 'account-disabled'),
  account('expired', 'credentials-expired'),
  account('barred', 'not-authorized'),
])

export const directory: Directory = {
  ...memory,
  verifyToken: (token) => (token === TOKEN ? { authcid: 'user' } : { status: 'invalid_token' }),
}

/** Every question that a server asks is answered by the same. */
export const answering = (answer: () => unknown): Directory =>
  new Proxy(directory, { get: (target, key) => (key === 'scramHashes' ? target.scramHashes : answer) })
