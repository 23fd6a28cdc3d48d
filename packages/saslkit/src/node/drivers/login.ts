import type { Socket } from 'node:net'
import { TLSSocket } from 'node:tls'
import type { Considered } from '../../considered.js'
import { SaslError } from '../../errors.js'
import type { ClientExchange } from '../../exchange/client.js'
import { NoMechanism } from '../../negotiation/no-mechanism.js'
import type { Capabilities, Reply } from '../../profiles/line-profile.js'
import { connectionOf, type SocketConnection } from '../connection-of.js'
import { authenticate } from './authenticate.js'
import { type Conversation, converse } from './converse.js'
import { leave } from './leave.js'
import { connected, hostnameOf, type LoginOptions, requireLoginOptions } from './login-options.js'
import { startClientTls } from './start-client-tls.js'

/** A login that succeeded: what `login` gives the client to go on with. */
export interface Login {
  /** Authenticated, read as far as the server's word of success, and without any listener of ours. */
  readonly socket: Socket
  readonly mechanism: string
  /** Why this mechanism, and why not the others. */
  readonly considered: readonly Considered[]
  readonly connection: SocketConnection
  /** What the server offered last: along with its success, if it did so then. */
  readonly capabilities: Capabilities
  /** How often we have waited for the server, from the command to authenticate on. */
  readonly roundTrips: number
  /** The mechanism has proved to us who the server is, beside what TLS did. */
  readonly serverProved: boolean
}

/**
 * Logs in: greeting, capabilities, STARTTLS, exchange. One mechanism is chosen, and no weaker one is tried when it
 * fails; a token that was refused is asked for anew, once, where it comes of a function.
 *
 * @throws SaslError for all that the server, the network or the signal do (NoMechanism where none can be used,
 * `temporary` where the connection fails); TypeError for the caller's own faults; what a credentials function throws.
 * The socket is closed then.
 */
export async function login(options: LoginOptions): Promise<Login> {
  requireLoginOptions(options)
  const { protocol, tls, signal = new AbortController().signal } = options
  let socket = await connected(options, signal)
  let conversation: Conversation | undefined
  const secure = () => startClientTls(socket, options.host, options.tlsOptions ?? {}, signal)
  const begin = () => {
    conversation?.release()
    conversation = converse(socket, protocol, hostnameOf(socket, options), signal)
    return conversation
  }
  try {
    if (tls === 'implicit' && !(socket instanceof TLSSocket)) socket = await secure()
    let current = begin()
    let told = done(await current.greeting(), 'greeted').capabilities
    if (tls === 'starttls') {
      await askForTls(current, told ?? (await capabilitiesOf(current, options)), options)
      current.release()
      socket = await secure()
      current = begin()
      told = undefined // RFC 3207 section 4.2: what was said before TLS, anybody may have said
    }
    return await attempt(current, told ?? (await capabilitiesOf(current, options)), options, signal)
  } catch (error) {
    leave(socket)
    throw error
  } finally {
    conversation?.release()
  }
}

async function attempt(
  conversation: Conversation,
  offered: Capabilities,
  { protocol, client, host, tlsUnique, previous }: LoginOptions,
  signal: AbortSignal,
): Promise<Login> {
  const { socket } = conversation
  if (socket.destroyed) throw new SaslError('temporary', 'the server closed the connection')
  const connection = connectionOf(socket, { role: 'client', service: protocol.service, host, tlsUnique })
  /** Of a token, on this connection. */
  let refusal: SaslError | undefined
  let roundTrips = 0
  for (;;) {
    const exchange = selected(offered, connection, () =>
      client.select(offered.mechanisms, connection, { signal, previous: refusal ?? previous }),
    )
    const outcome = await authenticate(conversation, protocol, exchange, offered).catch((error) => {
      // A server that goes away after a refusal does not hear of another token; the refusal is what there is to tell.
      throw refusal && error instanceof SaslError && error.reason === 'temporary' ? refusal : error
    })
    roundTrips += outcome.roundTrips
    const { refused } = outcome
    const { mechanism, considered } = exchange
    if (!refused) {
      const capabilities = outcome.capabilities ?? offered
      return {
        socket,
        mechanism,
        considered,
        connection,
        capabilities,
        roundTrips,
        serverProved: exchange.mutual,
      }
    }
    if (previous || refusal || refused.reason !== 'invalid-credentials' || !client.retriable(mechanism))
      throw refused
    refusal = refused
  }
}

/** Says what would do where TLS is all that is missing. */
function selected(
  offered: Capabilities,
  { secure }: SocketConnection,
  select: () => ClientExchange,
): ClientExchange {
  try {
    return select()
  } catch (error) {
    const tlsFirst = offered.mechanisms.length === 0 && !secure
    if (
      error instanceof NoMechanism &&
      offered.startTls &&
      (tlsFirst || error.reason === 'encryption-required')
    )
      throw new NoMechanism(
        error.considered,
        'encryption-required',
        "the server offers nothing else without TLS; pass tls: 'starttls'",
      )
    throw error
  }
}

async function askForTls(
  conversation: Conversation,
  offered: Capabilities,
  { protocol }: LoginOptions,
): Promise<void> {
  if (!offered.startTls) throw new SaslError('encryption-required', 'the server offers no STARTTLS')
  const reply = await conversation.command('start-tls', protocol.writeStartTlsCommand)
  if (reply.kind === 'refused')
    throw new SaslError('encryption-required', `the server refused STARTTLS: ${reply.text}`)
  // Whoever can write to the connection has put them there, to be taken for the server's once TLS stands.
  if (conversation.unread() > 0)
    throw new SaslError('server-not-authenticated', 'octets behind the reply to STARTTLS, before TLS')
}

async function capabilitiesOf(conversation: Conversation, { protocol }: LoginOptions): Promise<Capabilities> {
  const reply = await conversation.command('capabilities', protocol.writeCapabilitiesCommand)
  // A POP3 server that does not know CAPA offers nothing; so does an SMTP server that knows no EHLO.
  if (reply.kind === 'refused' && reply.reason !== 'temporary') return NOTHING
  return done(reply, 'told its capabilities').capabilities ?? NOTHING
}

const NOTHING: Capabilities = {
  mechanisms: [],
  startTls: false,
  initialResponse: false,
  passwordCommand: false,
  others: [],
}

function done(reply: Reply, what: string): Extract<Reply, { kind: 'done' }> {
  switch (reply.kind) {
    case 'done':
      return reply
    case 'refused':
      throw new SaslError(reply.reason, `the server has not ${what}: ${reply.text}`)
    case 'preauthenticated':
      throw new SaslError('unacceptable', 'the server says that we are in, before we said a word')
    case 'challenge':
      throw new SaslError('malformed', 'a challenge that was not asked for')
  }
}
