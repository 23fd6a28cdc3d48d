/**
 * The client half of SCRAM in one npm package as a contestant, against our server half: `node npm-client.ts pg`. The
 * packages come from ../peers, and are driven the way their own connections drive them.
 */
import type { Octets } from 'saslkit'
import { requirePeer as require } from '../peers.ts'
import { AUTHCID, PASSWORD, server } from './accounts.ts'
import { type Exchange, serve } from './serve.ts'

/** What a server half answers to each message: octets, until the login worked. */
function serverHalf(mechanism: string): (message: string | Uint8Array) => Promise<Octets> {
  const exchange = server.begin(mechanism, { secure: true })
  return async (message) => {
    const octets = typeof message === 'string' ? new TextEncoder().encode(message) : new Uint8Array(message)
    const reply = await exchange.step(octets)
    if (reply.kind === 'failure') throw new Error(`${mechanism} failed: ${reply.reason}`)
    return reply.kind === 'challenge' ? reply.challenge : reply.additionalData!
  }
}

const decode = (octets: Uint8Array): string => new TextDecoder().decode(octets)

interface PgSession {
  readonly response: string
}
interface Pg {
  startSession(mechanisms: readonly string[], stream: null): PgSession
  continueSession(session: PgSession, password: string, serverData: string, stream: null): Promise<void>
  finalizeSession(session: PgSession, serverData: string): void
}

function pg(): ReadonlyMap<string, Exchange> {
  const sasl: Pg = require('pg/lib/crypto/sasl')
  const exchange = async () => {
    const answer = serverHalf('SCRAM-SHA-256')
    const session = sasl.startSession(['SCRAM-SHA-256'], null)
    await sasl.continueSession(session, PASSWORD, decode(await answer(session.response)), null)
    sasl.finalizeSession(session, decode(await answer(session.response)))
  }
  return new Map([['SCRAM-SHA-256-4096', exchange]])
}

interface MongoPayload {
  readonly buffer: Uint8Array
  readonly position: number
}
interface MongoProvider {
  prepare(handshake: object, context: object): Promise<object>
  auth(context: object): Promise<void>
}

/** Keeps salted passwords for itself: each login after the first is one with keys cached. */
function mongodb(): ReadonlyMap<string, Exchange> {
  const scram: Record<
    'ScramSHA1' | 'ScramSHA256',
    new () => MongoProvider
  > = require('mongodb/lib/cmap/auth/scram')
  const { MongoCredentials } = require('mongodb/lib/cmap/auth/mongo_credentials') as {
    MongoCredentials: new (options: object) => object
  }
  const { Binary } = require('bson') as { Binary: new (octets: Uint8Array) => object }
  const credentials = new MongoCredentials({
    username: AUTHCID,
    password: PASSWORD,
    source: 'admin',
    mechanism: 'SCRAM-SHA-256',
  })
  const provider = new scram.ScramSHA256()
  const exchange = async () => {
    const answer = serverHalf('SCRAM-SHA-256')
    let messages = 0
    const command = async (_: unknown, { payload }: { payload: MongoPayload }) => ({
      conversationId: 1,
      payload: new Binary(await answer(payload.buffer.subarray(0, payload.position))),
      done: ++messages === 2,
    })
    const context = { credentials, connection: { command }, options: {} }
    await provider.prepare({}, context)
    await provider.auth(context)
  }
  return new Map([['SCRAM-SHA-256', exchange]])
}

interface KafkaMessage {
  readonly request: { encode(): Promise<Buffer> }
  readonly response: { decode(octets: Buffer): Promise<Buffer>; parse(octets: Buffer): Promise<object> }
}

function kafkajs(): ReadonlyMap<string, Exchange> {
  const { SCRAM, DIGESTS } = require('kafkajs/src/broker/saslAuthenticator/scram') as {
    SCRAM: new (...options: unknown[]) => { authenticate(): Promise<void> }
    DIGESTS: Record<'SHA256' | 'SHA512', object>
  }
  const logger = { debug() {}, error() {} }
  const account = { username: AUTHCID, password: PASSWORD }
  const exchangeOf = (mechanism: string, digest: object) => async () => {
    const answer = serverHalf(mechanism)
    const send = async ({ request, response }: KafkaMessage) => {
      const framed = await request.encode()
      const octets = await answer(framed.subarray(4))
      const length = Buffer.alloc(4)
      length.writeInt32BE(octets.length)
      return response.parse(await response.decode(Buffer.concat([length, octets])))
    }
    await new SCRAM(account, 'localhost', 9092, logger, send, digest).authenticate()
  }
  return new Map([
    ['SCRAM-SHA-256-4096', exchangeOf('SCRAM-SHA-256', DIGESTS.SHA256)],
    ['SCRAM-SHA-512-4096', exchangeOf('SCRAM-SHA-512', DIGESTS.SHA512)],
  ])
}

interface XmppMechanism {
  readonly cache: object
  response(credentials: object): Promise<string>
  challenge(message: string): unknown
}

function xmpp(): ReadonlyMap<string, Exchange> {
  const Mechanism: new () => XmppMechanism = require('sasl-scram-sha-1')
  const account = { username: AUTHCID, password: PASSWORD }
  const login = async (credentials: object): Promise<object> => {
    const answer = serverHalf('SCRAM-SHA-1')
    const mechanism = new Mechanism()
    mechanism.challenge(decode(await answer(await mechanism.response(credentials))))
    mechanism.challenge(decode(await answer(await mechanism.response(credentials))))
    return mechanism.cache
  }
  let kept: object = account
  const cached = async () => {
    const cache = await login(kept)
    if (kept === account) kept = { ...account, ...cache }
  }
  const fresh = async () => {
    await login(account)
  }
  return new Map([
    ['SCRAM-SHA-1', cached],
    ['SCRAM-SHA-1-4096', fresh],
  ])
}

const CLIENTS = new Map([
  ['pg', pg],
  ['mongodb', mongodb],
  ['kafkajs', kafkajs],
  ['@xmpp/sasl-scram-sha-1', xmpp],
])

const name = process.argv[2] ?? ''
const client = CLIENTS.get(name)
if (!client) throw new RangeError(`${name} is none of ${[...CLIENTS.keys()].join(', ')}`)
await serve(client())
