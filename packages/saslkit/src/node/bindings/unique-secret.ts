import type { TlsHandshake } from './tls-handshake.js'
import { parseTlsSession } from './tls-session.js'
import { unavailable } from './unavailable.js'

/** All that have the extended master secret as an extension (RFC 7627 section 1). */
const BEFORE_TLS13: ReadonlySet<string> = new Set(['TLSv1', 'TLSv1.1', 'TLSv1.2'])

/**
 * Sees to it that this connection's secrets are its own and stay (RFC 9266 sections 2 and 4.2, RFC 7627): TLS 1.3, or
 * the extended master secret provably there. Below TLS 1.3 it turns renegotiation off, with which no unique binding is
 * defined: Node's server would take part in it, and a client of Node begins none by itself.
 *
 * @throws SaslError `mechanism-unavailable`.
 */
export function requireUniqueSecret(socket: TlsHandshake): void {
  const version = socket.getProtocol()
  if (version === 'TLSv1.3') return
  if (version === null || !BEFORE_TLS13.has(version))
    throw unavailable(`${version ?? 'this protocol'} is not a version of TLS that is known here`)
  const octets = socket.getSession()
  const session = octets ? parseTlsSession(octets) : undefined
  if (!session)
    throw unavailable(`this runtime does not tell whether ${version} used the extended master secret`)
  if (!session.extendedMasterSecret)
    throw unavailable(
      `${version} without the extended master secret (RFC 7627): two connections could have the same data`,
    )
  socket.disableRenegotiation()
}
