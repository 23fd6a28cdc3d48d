import { Socket } from 'node:net'
import { TLSSocket, type TlsOptions } from 'node:tls'
import type { Awaitable } from '../../awaitable.js'
import type { FailureReason } from '../../errors.js'
import type { SaslServer } from '../../negotiation/server.js'
import type { LineProfile } from '../../profiles/line-profile.js'
import { requireKnown } from '../../require-known.js'
import { requireSignal } from '../../require-signal.js'
import type { ConnectionOptions, SocketConnection } from '../connection-of.js'
import { REFUSAL_DELAY } from './refusal-delay.js'
import { upgradesWith } from './start-server-tls.js'

/** Where the application names none. */
export const HOSTNAME = 'localhost'

/** Of clients that never log in. */
export const MAX_COMMANDS = 100

/** What a server serves on one connection until somebody is in, and within what bounds. */
export interface AcceptLoginOptions
  extends Pick<ConnectionOptions, 'identify' | 'serverCertificate' | 'tlsUnique'> {
  /** `smtp`, `imap` or `pop3`: `import * as smtp from 'saslkit/profiles/smtp'`. */
  readonly protocol: LineProfile
  readonly server: SaslServer
  /** What the server calls itself; default `localhost`. */
  readonly hostname?: string | undefined
  /**
   * For STARTTLS, which is offered where these are, on connections without TLS. Keep one object for all connections: what
   * is made of it is kept with it.
   */
  readonly tls?: TlsOptions | undefined
  /** Nothing but STARTTLS is served before TLS. Default false: mechanisms that show no secret are, too. */
  readonly requireTls?: boolean | undefined
  /** What else is offered: `SIZE 10000000`, `IMAP4rev1`, `UIDL`. Default: the little that the protocol asks for. */
  readonly capabilities?: readonly string[] | undefined
  /** How many attempts may fail before the connection is closed; default 3. */
  readonly maxFailures?: number | undefined
  /** How many commands are served on a connection, attempts and POP3's USER among them, before it is closed; default 100. */
  readonly maxCommands?: number | undefined
  /**
   * How long after its last message, in milliseconds, a client that is refused is told so at the earliest; by chance up to
   * half as long again. However long judging took up to then, the answer comes no sooner and no later for it. Default
   * 1,000; 0 is none; 60,000 is the most.
   */
  readonly refusalDelay?: number | undefined
  /** Told of each attempt that fails, before the client is. The client waits for a promise. */
  readonly onRefused?: ((refusal: Refused) => Awaitable<void>) | undefined
  /** Ends every wait, and the connection: `AbortSignal.timeout(120_000)`. */
  readonly signal?: AbortSignal | undefined
}

/** An attempt that failed, for the log. */
export interface Refused {
  /** Undefined where the client named none that could be one. */
  readonly mechanism: string | undefined
  readonly reason: FailureReason
  readonly cause: unknown
  readonly connection: SocketConnection
}

const OPTIONS = Object.keys({
  protocol: true,
  server: true,
  hostname: true,
  tls: true,
  requireTls: true,
  capabilities: true,
  maxFailures: true,
  maxCommands: true,
  refusalDelay: true,
  onRefused: true,
  signal: true,
  identify: true,
  serverCertificate: true,
  tlsUnique: true,
} satisfies Record<keyof AcceptLoginOptions, true>)

/** @throws TypeError, RangeError; what `tls.createServer` throws. */
export function requireAcceptOptions(socket: Socket, options: AcceptLoginOptions): void {
  if (!(socket instanceof Socket)) throw new TypeError('not a socket; pass a net.Socket or a tls.TLSSocket')
  if (typeof options !== 'object' || options === null)
    throw new TypeError('pass an object beside the socket: { protocol, server }')
  requireKnown(options, OPTIONS, 'acceptLogin')
  const { protocol, server, tls, requireTls, maxFailures = 3, capabilities, signal } = options
  const { refusalDelay = REFUSAL_DELAY, maxCommands = MAX_COMMANDS } = options
  if (typeof protocol?.readCommand !== 'function')
    throw new TypeError("protocol must be a profile: import * as smtp from 'saslkit/profiles/smtp'")
  if (typeof server?.begin !== 'function') throw new TypeError('server must be what saslServer() made')
  requireSignal(signal)
  for (const name of ['onRefused', 'identify'] as const)
    if (options[name] !== undefined && typeof options[name] !== 'function')
      throw new TypeError(`${name} must be a function`)
  if (capabilities !== undefined && !Array.isArray(capabilities))
    throw new TypeError("capabilities must be a list: ['IMAP4rev1']")
  if (!Number.isInteger(maxFailures) || maxFailures < 1)
    throw new RangeError('maxFailures must be a whole number, 1 at least')
  if (!Number.isInteger(maxCommands) || maxCommands < 1)
    throw new RangeError('maxCommands must be a whole number, 1 at least')
  if (!Number.isInteger(refusalDelay) || refusalDelay < 0 || refusalDelay > 60_000)
    throw new RangeError('refusalDelay must be whole milliseconds, from 0 to 60,000')
  if (requireTls && !tls && !(socket instanceof TLSSocket))
    throw new TypeError('requireTls needs tls: the options for STARTTLS, or a socket that has TLS already')
  if (tls) upgradesWith(tls)
}
