/** What the tests of PLAIN, LOGIN, CRAM-MD5, EXTERNAL and ANONYMOUS share: vectors/attacks/simple-server.json, and accounts. */
import assert from 'node:assert/strict'
import type { Connection } from '../../src/connection.js'
import type { MemoryAccount } from '../../src/credentials/memory-account.js'
import { memoryDirectory } from '../../src/credentials/memory-directory.js'
import type { PasswordVerifier } from '../../src/directory.js'
import type { FailureReason } from '../../src/errors.js'
import type { ServerReply } from '../../src/exchange/server.js'
import { readVectors } from '../vectors.js'

interface Case {
  readonly id: string
  readonly expect: string
  readonly why?: string
}

interface Vectors {
  readonly plain: (Case & { message_hex: string })[]
  readonly login: (Case & { steps: string[] })[]
  readonly cram_md5: {
    challenge: string
    username: string
    password: string
    cases: (Case & { response_hex: string })[]
  }
  readonly external: (Case & { response_hex: string; tls: string })[]
  readonly anonymous: (Case & { trace_hex: string })[]
}

export const vectors: Vectors = readVectors('attacks/simple-server.json')

export const secure: Connection = { secure: true }
const accounts: readonly MemoryAccount[] = [{ authcid: 'user', password: 'pencil' }]
const directory = await memoryDirectory(accounts, { hashes: [] })

/** The directory, with what it was asked. */
export function watched(): {
  readonly asked: readonly (readonly [authcid: string, password: string])[]
  readonly verifier: PasswordVerifier
} {
  const asked: (readonly [authcid: string, password: string])[] = []
  const verifier: PasswordVerifier = {
    verifyPassword(authcid, password, context) {
      asked.push([authcid, password])
      return directory.verifyPassword(authcid, password, context)
    },
  }
  return { asked, verifier }
}

export function assertFailure(reply: ServerReply, reason: FailureReason): void {
  assert.ok(reply.kind === 'failure', reply.kind)
  assert.equal(reply.reason, reason)
}
