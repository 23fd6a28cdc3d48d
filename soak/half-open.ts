/** Many exchanges at once, each waiting for its peer, or for a directory that does not answer. */
import { getEventListeners } from 'node:events'
import { type SaslServer, type ServerExchange, saslServer } from 'saslkit'
import { connection, SERVERS } from './accounts.ts'
import { CASES } from './cases.ts'
import { heapUsed } from './heap.ts'
import { type Pair, talk } from './talk.ts'

export interface HalfOpen {
  readonly what: string
  readonly held: number
  /** Octets of each while it is held: both halves. */
  readonly each: number
  /** The same when all had gone on to their end, and were let go. */
  readonly afterwards: number
  /** Listeners on the signal that all of them share, while they wait. */
  readonly listeners: number
}

/** Waiting for the peer, at the last move but one that is a challenge: nothing is at work. */
async function waiting(name: string, held: number, signal: AbortSignal): Promise<HalfOpen> {
  const chosen = CASES.find((each) => each.name === name)!
  for (let at = 0; at < 1100; at++) await talk(chosen.begin(at, signal))
  const before = await heapUsed()
  const pairs: { pair: Pair; challenge: Uint8Array<ArrayBuffer> }[] = []
  for (let at = 0; at < held; at++) {
    const pair = chosen.begin(at, signal)
    const reply = await pair.server.step(await pair.client.start())
    if (reply.kind !== 'challenge') throw new Error(`${name}: no challenge`)
    pairs.push({ pair, challenge: reply.challenge })
  }
  const each = ((await heapUsed()) - before) / held
  const listeners = getEventListeners(signal, 'abort').length
  for (const { pair, challenge } of pairs.splice(0)) await finish(pair, challenge)
  const afterwards = ((await heapUsed()) - before) / held
  return { what: `${name}, waiting for the client`, held, each, afterwards, listeners }
}

async function finish({ client, server }: Pair, challenge: Uint8Array<ArrayBuffer>): Promise<void> {
  let reply = await server.step(await client.challenge(challenge))
  while (reply.kind === 'challenge') reply = await server.step(await client.challenge(reply.challenge))
  if (reply.kind !== 'success') throw new Error('not a login any more')
  await client.success(reply.additionalData)
}

/** At work: a directory that never answers, until one signal ends them all. */
async function atWork(held: number): Promise<HalfOpen> {
  const never: SaslServer = saslServer({
    directory: { scramCredentials: () => new Promise(() => {}) },
    decoySecret: new Uint8Array(32),
  })
  const ending = new AbortController()
  const { signal } = ending
  const before = await heapUsed()
  const exchanges: ServerExchange[] = []
  const replies: unknown[] = []
  for (let at = 0; at < held; at++) {
    const exchange = never.begin('SCRAM-SHA-256', connection, { signal })
    exchanges.push(exchange)
    replies.push(exchange.step(new TextEncoder().encode(`n,,n=user,r=nonce${at}`)))
  }
  const each = ((await heapUsed()) - before) / held
  const listeners = getEventListeners(signal, 'abort').length
  ending.abort(new Error('shutting down'))
  for (const reply of await Promise.all(replies.splice(0)))
    if ((reply as { reason?: string }).reason !== 'aborted') throw new Error('not aborted')
  exchanges.length = 0
  const left = getEventListeners(signal, 'abort').length
  if (left) throw new Error(`${left} listeners stay`)
  const afterwards = ((await heapUsed()) - before) / held
  return { what: 'SCRAM-SHA-256, a directory that never answers', held, each, afterwards, listeners }
}

export async function halfOpen(held: number, signal: AbortSignal): Promise<readonly HalfOpen[]> {
  const measured: HalfOpen[] = []
  for (const name of [
    'SCRAM-SHA-256, keys cached',
    'SCRAM-SHA-256-PLUS, keys cached',
    'SCRAM-SHA-256, over a memory store',
    'CRAM-MD5',
    'LOGIN',
  ])
    measured.push(await waiting(name, held, signal))
  measured.push(await atWork(held))
  if (!SERVERS.inMemory.offer(connection).length) throw new Error('nothing is offered any more')
  return measured
}
