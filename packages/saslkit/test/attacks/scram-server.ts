/** What the tests of the server half of SCRAM-SHA-256 share: vectors/attacks/scram-server.json, and a known exchange. */
import assert from 'node:assert/strict'
import type { Connection, Offered } from '../../src/connection.js'
import type { ScramLookup } from '../../src/directory.js'
import { ServerExchange, type ServerReply } from '../../src/exchange/server.js'
import { scramServer } from '../../src/mechanisms/scram/server.js'
import type { ScramVariant } from '../../src/mechanisms/scram/variant.js'
import { type Octets, text, unbase64, utf8 } from '../../src/octets.js'
import { readVectors } from '../vectors.js'

export interface FirstCase {
  readonly id: string
  readonly client_first_hex: string
  readonly expect: string
  readonly why: string
  readonly looks_up?: string
  readonly server_state?: {
    readonly mechanism?: `SCRAM-${ScramVariant}`
    readonly plus_offered?: boolean
    readonly require?: boolean
  }
}

export interface FinalCase {
  readonly id: string
  readonly client_first: string
  readonly server_first: string
  readonly client_final_hex: string
  readonly expect: 'accept' | 'reject'
  readonly why: string
}

interface Vectors {
  readonly setup: {
    username: string
    salt_b64: string
    iterations: number
    server_nonce: string
    stored_key_b64: string
    server_key_b64: string
  }
  readonly client_first: FirstCase[]
  readonly client_final: FinalCase[]
}

const vectors: Vectors = readVectors('attacks/scram-server.json')
export const setup: Vectors['setup'] = vectors.setup
export const client_first: readonly FirstCase[] = vectors.client_first
export const client_final: readonly FinalCase[] = vectors.client_final

const credentials = {
  salt: unbase64(setup.salt_b64),
  iterations: setup.iterations,
  storedKey: unbase64(setup.stored_key_b64),
  serverKey: unbase64(setup.server_key_b64),
}

/** Knows one user, and keeps what it was asked. */
export function watchedDirectory(): { readonly asked: string[]; readonly directory: ScramLookup } {
  const asked: string[] = []
  return {
    asked,
    directory: {
      async scramCredentials(authcid) {
        asked.push(authcid)
        return authcid === setup.username ? credentials : undefined
      },
    },
  }
}

export const DATA: Octets = utf8('thirty-two octets of the channel')
export const BOUND: Connection = { secure: true, channelBindings: [{ type: 'tls-exporter', data: DATA }] }
export const UNBOUND: Connection = { secure: true }
export const decoySecret: Octets = utf8('sixteen octets at least')

/** RFC 5802 section 7, server-error-value; and never `unknown-user`, which tells who exists. */
const ERRORS = [
  'invalid-encoding',
  'extensions-not-supported',
  'invalid-proof',
  'channel-bindings-dont-match',
  'server-does-support-channel-binding',
  'channel-binding-not-supported',
  'unsupported-channel-binding-type',
  'invalid-username-encoding',
  'no-resources',
  'other-error',
]

export function assertRefused(reply: ServerReply, why: string): void {
  assert.ok(reply.kind === 'failure', `${why}: ${reply.kind}`)
  assert.ok(
    ['malformed', 'invalid-credentials', 'mechanism-unavailable'].includes(reply.reason),
    reply.reason,
  )
  if (reply.additionalData) {
    const [, error] = /^e=(.*)$/.exec(text(reply.additionalData))!
    assert.ok(ERRORS.includes(error!), error)
  }
}

/** Runs messages through a server half with a known nonce. */
export function withKnownNonce(
  directory: ScramLookup,
  connection: Connection = UNBOUND,
  variant: ScramVariant = 'SHA-256',
  offered?: Offered,
): ServerExchange {
  return new ServerExchange(
    scramServer(variant, directory, { decoySecret, nonce: () => setup.server_nonce }),
    {
      connection,
      offered,
    },
  )
}

export function extensions(count: number): string {
  return Array.from({ length: count }, (_, at) => `,${'bdfghjklotuwxyzBCD'[at]}=1`).join('')
}
