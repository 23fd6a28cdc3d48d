import type { Awaitable, ClientExchange, ServerExchange, ServerReply } from 'saslkit'

/** Runs the two halves against each other, waiting only where there is something to wait for. */
export const login = (client: ClientExchange, server: ServerExchange): Awaitable<void> =>
  after(client.start(), (initial) => after(server.step(initial), (reply) => follow(client, server, reply)))

/** The same, waiting at each call, as most callers will. */
export async function loginAwaited(client: ClientExchange, server: ServerExchange): Promise<void> {
  let reply = await server.step(await client.start())
  while (reply.kind === 'challenge') reply = await server.step(await client.challenge(reply.challenge))
  if (reply.kind === 'failure') throw new Error(`${client.mechanism} failed: ${reply.reason}`)
  await client.success(reply.additionalData)
}

function follow(client: ClientExchange, server: ServerExchange, reply: ServerReply): Awaitable<void> {
  if (reply.kind === 'failure') throw new Error(`${client.mechanism} failed: ${reply.reason}`)
  if (reply.kind === 'success') return client.success(reply.additionalData)
  return after(client.challenge(reply.challenge), (response) =>
    after(server.step(response), (next) => follow(client, server, next)),
  )
}

const after = <A, B>(value: Awaitable<A>, next: (value: A) => Awaitable<B>): Awaitable<B> =>
  typeof value === 'object' && value !== null && 'then' in value ? value.then(next) : next(value)
