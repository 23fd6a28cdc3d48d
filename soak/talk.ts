import type { Awaitable, ClientExchange, ServerExchange } from 'saslkit'

export interface Pair {
  readonly client: ClientExchange
  readonly server: ServerExchange
}

/** How a talk ended; or the move at which it was left, which may still be at work. */
export type Ending = 'success' | 'failure' | { readonly left: Awaitable<unknown> }

/** Lets two halves talk to their end, or for so many moves: what one side is given, and makes of it, is a move. */
export async function talk({ client, server }: Pair, moves = Number.POSITIVE_INFINITY): Promise<Ending> {
  let more = moves
  let answering = client.start()
  for (;;) {
    if (--more === 0) return { left: answering }
    const replying = server.step(await answering)
    if (--more === 0) return { left: replying }
    const reply = await replying
    if (reply.kind === 'failure') {
      client.failure()
      return 'failure'
    }
    if (reply.kind === 'challenge') {
      answering = client.challenge(reply.challenge)
      continue
    }
    const believing = client.success(reply.additionalData)
    if (--more === 0) return { left: believing }
    await believing
    return 'success'
  }
}
