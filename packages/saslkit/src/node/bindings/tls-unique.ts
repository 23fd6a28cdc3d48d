import type { Octets } from '../../octets.js'
import { DENO, type Role, type TlsHandshake } from './tls-handshake.js'
import { unavailable } from './unavailable.js'
import { requireUniqueSecret } from './unique-secret.js'

/**
 * tls-unique (RFC 5929 section 3): the first Finished message of the latest handshake. For TLS 1.2 and older, and there
 * only with the extended master secret (RFC 7627 section 1), without which it is open to the triple handshake attack.
 *
 * @throws SaslError `mechanism-unavailable`.
 */
export function tlsUnique(socket: TlsHandshake, role: Role, deno: string | undefined = DENO): Octets {
  const version = socket.getProtocol()
  // RFC 9266 section 3, RFC 8446 appendix C.5.
  if (version === 'TLSv1.3') throw unavailable('tls-unique is not defined for TLSv1.3')
  if (deno) throw unavailable(`Deno ${deno} does not hand out the Finished messages of TLS`)
  requireUniqueSecret(socket)
  // The client speaks first in a full handshake, the server in a resumed one.
  const first: Role = socket.isSessionReused() ? 'server' : 'client'
  const finished = first === role ? socket.getFinished() : socket.getPeerFinished()
  if (!finished?.length) throw unavailable('this runtime does not hand out the Finished messages of TLS')
  return new Uint8Array(finished)
}
