import { createHash } from 'node:crypto'
import type { Octets } from '../../octets.js'
import { signatureAlgorithmOf } from '../x509/certificate.js'
import { signatureHash } from '../x509/signature-hash.js'
import { unavailable } from './unavailable.js'

/**
 * tls-server-end-point (RFC 5929 section 4) of a server's certificate in DER.
 *
 * @throws SaslError `mechanism-unavailable` where it is undefined (Ed25519, Ed448, RSASSA-PSS of two hash functions) or
 *   the runtime lacks the hash; `malformed`. TypeError for anything but octets.
 */
export function tlsServerEndPoint(certificate: Uint8Array): Octets {
  if (!(certificate instanceof Uint8Array))
    throw new TypeError('the certificate is not octets; pass its DER, such as x509Certificate.raw')
  const hash = signatureHash(signatureAlgorithmOf(certificate))
  // Section 4.1: these two give way to SHA-256.
  const name = hash === 'md5' || hash === 'sha1' ? 'sha256' : hash
  return new Uint8Array(hasher(name).update(certificate).digest())
}

function hasher(name: string) {
  try {
    return createHash(name)
  } catch {
    throw unavailable(`the server certificate is signed with ${name}, which this runtime cannot compute`)
  }
}
