import { isIP, type Socket } from 'node:net'
import { type ConnectionOptions, connect, type TLSSocket } from 'node:tls'
import { SaslError } from '../../errors.js'
import { settled } from './settled.js'

/**
 * Begins TLS on a connected socket. `host` is who the certificate must be for.
 *
 * @throws SaslError `server-not-authenticated` when the handshake fails; `aborted`.
 */
export async function startClientTls(
  socket: Socket,
  host: string | undefined,
  options: ConnectionOptions,
  signal: AbortSignal,
): Promise<TLSSocket> {
  socket.on('error', () => {}) // the socket above it tells
  const names = host === undefined ? {} : { host, servername: isIP(host) ? '' : host }
  try {
    return await settled(
      connect({ ...names, ...options, socket }),
      'secureConnect',
      signal,
      (cause) =>
        new SaslError('server-not-authenticated', `the TLS handshake failed${because(cause)}`, { cause }),
    )
  } catch (error) {
    socket.destroy()
    throw error
  }
}

function because(cause: unknown): string {
  if (!(cause instanceof Error && 'code' in cause)) return ''
  const hint = NOT_TLS.has(cause.code)
    ? ': the server does not speak TLS here; is it a port for STARTTLS?'
    : ''
  return ` (${String(cause.code)})${hint}`
}

/** What OpenSSL says of a greeting where a handshake should be. */
const NOT_TLS: ReadonlySet<unknown> = new Set([
  'ERR_SSL_WRONG_VERSION_NUMBER',
  'ERR_SSL_PACKET_LENGTH_TOO_LONG',
])
