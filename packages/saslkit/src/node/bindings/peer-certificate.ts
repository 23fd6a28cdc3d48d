import type { TlsHandshake } from './tls-handshake.js'
import { parseTlsSession } from './tls-session.js'

/**
 * The certificate that the peer sent, in DER; in a resumed session the one of the handshake that began it. Undefined
 * where it sent none.
 */
export function peerCertificate(socket: TlsHandshake): Uint8Array | undefined {
  const session = socket.getSession()
  const parsed = session ? parseTlsSession(session) : undefined
  if (parsed) return parsed.peerCertificate
  // A runtime with sessions of its own (Deno). The short form of this function takes nothing out of the chain.
  const { raw } = socket.getPeerCertificate() ?? {}
  return raw
}
