import type { Socket } from 'node:net'
import type { Capabilities } from '../../profiles/line-profile.js'
import { connectionOf, type SocketConnection } from '../connection-of.js'
import { type AcceptLoginOptions, HOSTNAME } from './accept-options.js'
import { type Lines, linesOf } from './lines-of.js'

/** A server's end of a connection in its present TLS state. After STARTTLS there is a new one, and nothing of the old. */
export interface Stage {
  readonly socket: Socket
  readonly lines: Lines
  readonly connection: SocketConnection
  readonly capabilities: Capabilities
  /** Nothing but STARTTLS is served. */
  readonly tlsFirst: boolean
  /** Who an SMTP client says that it is. */
  hello: string | undefined
  /** What a POP3 client has said with USER. */
  name: string | undefined
}

/** @throws TypeError for a socket that is not connected, or has an encoding. */
export function stageOn(socket: Socket, options: AcceptLoginOptions, signal: AbortSignal): Stage {
  const { protocol, server, hostname = HOSTNAME, tls, requireTls = false } = options
  const connection = connectionOf(socket, {
    role: 'server',
    service: protocol.service,
    host: hostname,
    identify: options.identify,
    serverCertificate: options.serverCertificate,
    tlsUnique: options.tlsUnique,
  })
  const tlsFirst = requireTls && !connection.secure
  const mechanisms = tlsFirst ? [] : server.offer(connection)
  return {
    socket,
    lines: linesOf(socket, signal),
    connection,
    capabilities: {
      mechanisms,
      startTls: tls !== undefined && !connection.secure,
      initialResponse: true,
      // It is PLAIN in other words, and stands and falls with it.
      passwordCommand: mechanisms.includes('PLAIN'),
      others: options.capabilities ?? protocol.baseCapabilities,
    },
    tlsFirst,
    hello: undefined,
    name: undefined,
  }
}
