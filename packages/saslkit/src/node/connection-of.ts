import { Socket } from 'node:net'
import { TLSSocket } from 'node:tls'
import type { Connection } from '../connection.js'
import { SaslError } from '../errors.js'
import { requireKnown } from '../require-known.js'
import { type ChannelBindingOptions, channelBindings } from './bindings/channel-bindings.js'
import { peerCertificate } from './bindings/peer-certificate.js'
import { DENO } from './bindings/tls-handshake.js'
import { type Certificate, parseCertificate } from './x509/certificate.js'
import { certificateIdentity } from './x509/certificate-identity.js'

export interface ConnectionOptions extends ChannelBindingOptions {
  /**
   * Server: whom a client certificate stands for that the TLS stack has verified; undefined for nobody. Left out:
   * `certificateIdentity(certificate)`, which takes a mail address, an XMPP address or the common name.
   */
  readonly identify?: ((certificate: Certificate) => string | undefined) | undefined
  /** GSSAPI service name: 'smtp', 'imap', 'pop' … */
  readonly service?: string | undefined
  /** The server's host name. */
  readonly host?: string | undefined
}

export interface SocketConnection extends Connection {
  /** Why a verified client certificate gives no `externalIdentity`, in words for an operator. */
  readonly identityRefused?: string | undefined
}

const OPTIONS = Object.keys({
  role: true,
  service: true,
  host: true,
  identify: true,
  serverCertificate: true,
  tlsUnique: true,
} satisfies Record<keyof ConnectionOptions, true>)

/**
 * What a socket tells of its connection. Call it once, when the handshake is complete ('secureConnect' on a client,
 * 'secureConnection' on a server), and again after STARTTLS. Below TLS 1.3 it turns renegotiation off.
 *
 * Secure are TLS, which the caller's own options have verified or not, and sockets without an address: Unix-domain
 * sockets, named pipes of Windows. TCP on the loopback interface is not: any user may listen there.
 *
 * A server takes an identity only where `socket.authorized` is true, which `tls.Server` sets. After STARTTLS that means
 * `tlsServer.emit('connection', socket)`; a `new TLSSocket(socket, { isServer: true })` verifies nobody.
 *
 * @throws TypeError for a socket that is not connected, or whose handshake is not complete, and for options that
 *   there are not; what `identify` throws.
 */
export function connectionOf(socket: Socket | TLSSocket, options: ConnectionOptions): SocketConnection {
  requireConnected(socket)
  if (options?.role !== 'client' && options?.role !== 'server')
    throw new TypeError("which end the socket is cannot be told from it; pass role: 'client' or 'server'")
  requireKnown(options, OPTIONS, 'connectionOf')
  const { role, service, host } = options
  const common = {
    service,
    host,
    port: role === 'client' ? socket.remotePort : socket.localPort,
    localAddress: socket.localAddress,
    remoteAddress: socket.remoteAddress,
  }
  if (!(socket instanceof TLSSocket)) return { secure: isLocal(socket), ...common }
  return {
    secure: true,
    tlsVersion: tlsVersion(socket),
    ...channelBindings(socket, options),
    ...(role === 'server' ? externalIdentity(socket, options.identify) : {}),
    ...common,
  }
}

function requireConnected(socket: Socket): void {
  if (!(socket instanceof Socket)) throw new TypeError('not a socket; pass a net.Socket or a tls.TLSSocket')
  if (socket.destroyed) throw new TypeError('the socket is destroyed; ask while the connection stands')
  if (socket.pending) throw new TypeError('the socket is not connected; wait for its event')
}

/** A TCP socket that is connected has addresses, at least its own. */
const isLocal = (socket: Socket): boolean =>
  socket.remoteAddress === undefined && socket.localAddress === undefined

function tlsVersion(socket: TLSSocket): string {
  const version = socket.getProtocol()
  if (!isHandshakeComplete(socket) || version === null)
    throw new TypeError(
      "the TLS handshake is not complete; wait for 'secureConnect' (client) or 'secureConnection' (server)",
    )
  return version
}

function isHandshakeComplete(socket: TLSSocket): boolean {
  const { secureConnecting } = socket as TLSSocket & { readonly secureConnecting?: boolean }
  if (secureConnecting === false) return true
  // It stays true of a `new TLSSocket(socket, { isServer: true })`, whose event is 'secure'.
  return DENO === undefined && socket.getFinished() !== undefined && socket.getPeerFinished() !== undefined
}

function externalIdentity(
  socket: TLSSocket,
  identify: (certificate: Certificate) => string | undefined = (certificate) =>
    certificateIdentity(certificate),
): Pick<SocketConnection, 'externalIdentity' | 'identityRefused'> {
  // Bun and Deno say authorized where no certificate was asked for.
  const peer = socket.authorized === true ? peerCertificate(socket) : undefined
  if (!peer) return {}
  try {
    const identity = identify(parseCertificate(peer))
    if (identity === '' || (identity !== undefined && typeof identity !== 'string'))
      throw new TypeError(
        'identify returned no name; return a string of one character or more, undefined for nobody',
      )
    return { externalIdentity: identity }
  } catch (error) {
    if (!(error instanceof SaslError)) throw error
    const unread = error.reason === 'malformed'
    return {
      identityRefused: unread ? `the client certificate cannot be read: ${error.message}` : error.message,
    }
  }
}
