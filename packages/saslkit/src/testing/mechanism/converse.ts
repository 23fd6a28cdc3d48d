import { type FailureReason, SaslError } from '../../errors.js'
import { ClientExchange, type ClientExchangeOptions } from '../../exchange/client.js'
import { ServerExchange, type ServerExchangeOptions, type ServerReply } from '../../exchange/server.js'
import type { Octets } from '../../octets.js'
import type { ClientMechanism, ServerMechanism } from '../../step.js'

/** Undefined octets: a client that has no initial response. */
export interface Message {
  readonly from: 'client' | 'server'
  readonly octets: Octets | undefined
}

export interface Pair {
  readonly client: ClientExchange
  readonly server: ServerExchange
}

export const pair = (
  client: ClientMechanism,
  server: ServerMechanism,
  clientOptions: ClientExchangeOptions,
  serverOptions: ServerExchangeOptions,
): Pair => ({
  client: new ClientExchange(client, clientOptions),
  server: new ServerExchange(server, serverOptions),
})

export interface Outcome {
  /** All that crossed, as it was before anybody changed it. */
  readonly messages: readonly Message[]
  /** The server's last word. Undefined where the client gave up before it. */
  readonly server: ServerReply | undefined
  /** Undefined: the client is content. */
  readonly clientError: unknown
}

/** Stands between the halves: sees each message, by its place in the order, and hands on what it likes. */
export type Wire = (
  message: Message,
  index: number,
  exchanges: Pair,
) => Octets | undefined | Promise<Octets | undefined>

const LONGEST = 24

/**
 * Lets two halves talk until one of them ends. An error of the client is an outcome; a server that throws breaks the
 * promise of its exchange, and its error comes through.
 */
export async function converse(exchanges: Pair, wire: Wire = ({ octets }) => octets): Promise<Outcome> {
  const { client, server } = exchanges
  const messages: Message[] = []
  const carry = async (message: Message): Promise<Octets | undefined> => {
    if (messages.length === LONGEST) throw new Error(`an exchange of over ${LONGEST} messages`)
    messages.push(message)
    return wire(message, messages.length - 1, exchanges)
  }
  const gaveUp = (clientError: unknown, reply?: ServerReply): Outcome => ({
    messages,
    server: reply,
    clientError,
  })

  let response: Octets | undefined
  try {
    response = await client.start()
  } catch (error) {
    return gaveUp(error)
  }
  for (;;) {
    const reply = await server.step(await carry({ from: 'client', octets: response }))
    if (reply.kind === 'failure') return gaveUp(client.failure(told(reply.reason)), reply)
    const sent = reply.kind === 'success' ? reply.additionalData : reply.challenge
    const arrived = sent && (await carry({ from: 'server', octets: sent }))
    try {
      if (reply.kind === 'success') {
        await client.success(arrived)
        return { messages, server: reply, clientError: undefined }
      }
      response = await client.challenge(arrived!)
    } catch (error) {
      if (reply.kind === 'challenge') server.abort()
      return gaveUp(error, reply)
    }
  }
}

/** What a profile lets the client know. */
const told = (reason: FailureReason): FailureReason =>
  reason === 'temporary' || reason === 'encryption-required' ? reason : 'invalid-credentials'

export const isContent = ({ clientError }: Outcome): boolean => clientError === undefined

export const isSaslError = (error: unknown): error is SaslError => error instanceof SaslError
