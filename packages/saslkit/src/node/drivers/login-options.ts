import { connect, isIPv6, Socket } from 'node:net'
import { type ConnectionOptions, TLSSocket } from 'node:tls'
import { SaslError } from '../../errors.js'
import type { SaslClient } from '../../negotiation/client.js'
import type { LineProfile } from '../../profiles/line-profile.js'
import { requireKnown } from '../../require-known.js'
import { requireSignal } from '../../require-signal.js'
import { settled } from './settled.js'

/** Where to log in, by what protocol, and as whom. */
export interface LoginOptions {
  /** `smtp`, `imap` or `pop3`: `import * as smtp from 'saslkit/profiles/smtp'`. */
  readonly protocol: LineProfile
  readonly client: SaslClient
  /**
   * `implicit`: TLS from the first octet on; a TLS socket that is passed has it already. `starttls`: nothing goes before
   * it but the question for it, and without it there is no login. `none`: everybody may listen.
   */
  readonly tls: 'implicit' | 'starttls' | 'none'
  /** Where to connect to, and whom the certificate must be for. */
  readonly host?: string | undefined
  readonly port?: number | undefined
  /** In place of a port: a socket that is connected already, and from which nothing was read. */
  readonly socket?: Socket | undefined
  readonly tlsOptions?: ConnectionOptions | undefined
  /** How we name ourselves to an SMTP server; default our address, as a literal (RFC 5321 section 4.1.4). */
  readonly hostname?: string | undefined
  /** Ends every wait: `AbortSignal.timeout(30_000)`. */
  readonly signal?: AbortSignal | undefined
  /**
   * What the login before this one threw: given to credentials that are functions, so that they can answer anew, and keys that
   * are kept are not used. A token is then asked for once.
   */
  readonly previous?: SaslError | undefined
  /** Also bind to servers of TLS 1.2 by tls-unique. */
  readonly tlsUnique?: boolean | undefined
}

const OPTIONS = Object.keys({
  protocol: true,
  client: true,
  tls: true,
  host: true,
  port: true,
  socket: true,
  tlsOptions: true,
  hostname: true,
  signal: true,
  previous: true,
  tlsUnique: true,
} satisfies Record<keyof LoginOptions, true>)

/** @throws TypeError, RangeError */
export function requireLoginOptions(options: LoginOptions): void {
  if (typeof options !== 'object' || options === null)
    throw new TypeError('pass an object: { protocol, client, tls, host, port }')
  requireKnown(options, OPTIONS, 'login')
  const { protocol, client, tls, host, port, socket, tlsOptions, signal, previous } = options
  if (typeof protocol?.readReply !== 'function')
    throw new TypeError("protocol must be a profile: import * as smtp from 'saslkit/profiles/smtp'")
  if (typeof client?.select !== 'function') throw new TypeError('client must be what saslClient() made')
  if (!['implicit', 'starttls', 'none'].includes(tls))
    throw new RangeError('tls must be implicit, starttls or none')
  requireSignal(signal)
  if (previous !== undefined && !(previous instanceof SaslError))
    throw new TypeError('previous must be the SaslError that the login before this one threw')
  if (socket === undefined) {
    if (typeof host !== 'string' || !host) throw new TypeError('pass host and port, or a connected socket')
    if (!Number.isInteger(port) || port! < 1 || port! > 65_535)
      throw new RangeError('port must be a whole number, 1 to 65,535')
    return
  }
  if (!(socket instanceof Socket) || port !== undefined)
    throw new TypeError('socket must be a net.Socket or tls.TLSSocket, and takes the place of port')
  if (socket instanceof TLSSocket) {
    if (tls !== 'implicit') throw new TypeError("the socket has TLS already; pass tls: 'implicit'")
  } else if (tls !== 'none' && !host && !tlsOptions?.servername && !tlsOptions?.checkServerIdentity)
    throw new TypeError('pass host: it is whom the certificate must be for')
}

export async function connected({ socket, host, port }: LoginOptions, signal: AbortSignal): Promise<Socket> {
  if (socket) return socket
  return settled(
    connect({ host: host!, port: port! }),
    'connect',
    signal,
    (cause) => new SaslError('temporary', `cannot connect to ${host}, port ${port}`, { cause }),
  )
}

export function hostnameOf({ localAddress }: Socket, { hostname }: LoginOptions): string {
  if (hostname !== undefined) return hostname
  if (!localAddress) return 'localhost'
  const [address = ''] = localAddress.split('%')
  return isIPv6(address) ? `[IPv6:${address}]` : `[${address}]`
}
