import type { Octets } from '../../octets.js'
import type { TlsHandshake } from './tls-handshake.js'
import { unavailable } from './unavailable.js'
import { requireUniqueSecret } from './unique-secret.js'

const LENGTH = 32

/**
 * tls-exporter (RFC 9266 section 2).
 *
 * @throws SaslError `mechanism-unavailable`.
 */
export function tlsExporter(socket: TlsHandshake): Octets {
  if (typeof socket.exportKeyingMaterial !== 'function')
    throw unavailable('this runtime does not export keying material of TLS')
  requireUniqueSecret(socket)
  const material = exported(socket)
  if (material?.length !== LENGTH) throw unavailable('this runtime exported no keying material of TLS')
  return new Uint8Array(material)
}

function exported(socket: TlsHandshake): Uint8Array | undefined {
  try {
    // A context of length zero: under TLS 1.2 that is not the same as none (RFC 5705 section 4).
    return socket.exportKeyingMaterial(LENGTH, 'EXPORTER-Channel-Binding', Buffer.alloc(0))
  } catch (error) {
    throw unavailable(
      `this runtime cannot export keying material of TLS: ${error instanceof Error ? error.message : error}`,
    )
  }
}
