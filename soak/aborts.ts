/** Exchanges that come to nothing, at each of their moves, in each of the ways there are. */
import type { ServerReply } from 'saslkit'
import { CASES } from './cases.ts'
import { type Pair, talk } from './talk.ts'

type Way = (pair: Pair, left: unknown, own: AbortController) => Promise<void> | void

const settled = (work: unknown): Promise<unknown> => Promise.resolve(work).catch((error: unknown) => error)

const WAYS: Readonly<Record<string, Way>> = {
  /** The connection is gone, and nobody says a word. What is at work ends by itself. */
  dropped() {},
  async 'by its signal, at work'(_, left, own) {
    own.abort(new Error('enough'))
    await settled(left)
  },
  async 'by its signal, while waiting'(pair, left, own) {
    await settled(left)
    own.abort(new Error('enough'))
    for (const more of [
      () => pair.client.challenge(new Uint8Array(1)),
      () => pair.server.step(new Uint8Array(1)),
    ])
      requireOver(await settled(attempt(more)))
  },
  async 'by abort(), at work'({ client, server }, left) {
    client.abort()
    server.abort()
    await settled(left)
  },
  async 'by abort(), while waiting'({ client, server }, left) {
    await settled(left)
    client.abort()
    server.abort()
  },
  async 'by the other side'({ client }, left) {
    await settled(left)
    client.failure('temporary')
  },
  async 'by nonsense'({ client, server }, left) {
    await settled(left)
    requireOver(await settled(attempt(() => server.step(new Uint8Array(9000)))))
    requireOver(await settled(attempt(() => client.challenge(new Uint8Array(20_000)))))
  },
}

const NAMES = Object.keys(WAYS)

async function attempt(work: () => unknown): Promise<unknown> {
  return work()
}

/** An error, or a reply that is a failure: nobody gets in by going on. */
function requireOver(outcome: unknown): void {
  if (outcome instanceof Error || (outcome as ServerReply).kind === 'failure') return
  throw new Error('it went on')
}

/** The signal that lives on is given to those that are not aborted by one of their own. */
export const abortsOn =
  (signal: AbortSignal) =>
  async (from: number, to: number): Promise<void> => {
    for (let at = from; at < to; at++) {
      const each = CASES[at % CASES.length]!
      const round = Math.floor(at / CASES.length)
      const chosen = each.every && round % each.every ? CASES[round % 6]! : each
      const name = NAMES[round % NAMES.length]!
      const own = new AbortController()
      const pair = chosen.begin(round, name.startsWith('by its signal') ? own.signal : signal)
      const ending = await talk(pair, 1 + (Math.floor(round / NAMES.length) % chosen.moves))
      if (typeof ending === 'object') await WAYS[name]!(pair, ending.left, own)
    }
  }
