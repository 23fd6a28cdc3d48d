import type { ChannelBinding, ChannelBindingType } from '../../connection.js'
import { SaslError } from '../../errors.js'
import type { Octets } from '../../octets.js'
import { signatureAlgorithmOf } from '../x509/certificate.js'
import { peerCertificate } from './peer-certificate.js'
import { tlsExporter } from './tls-exporter.js'
import { DENO, type Role, type TlsHandshake } from './tls-handshake.js'
import { tlsServerEndPoint } from './tls-server-end-point.js'
import { tlsUnique } from './tls-unique.js'
import { unavailable } from './unavailable.js'

export interface ChannelBindingOptions {
  readonly role: Role
  /**
   * Server: the certificate that it sent, in DER (`new X509Certificate(pem).raw`), for Deno, which does not tell which
   * of several it was. Left out: the one that the socket names.
   */
  readonly serverCertificate?: Uint8Array | undefined
  /** Off unless true. Only a peer of TLS 1.2 that knows neither of the others has use for it. */
  readonly tlsUnique?: boolean | undefined
}

export interface ChannelBindings {
  /** Preferred first: what names the connection before what names the server. */
  readonly channelBindings: readonly ChannelBinding<Octets>[]
  readonly unavailableBindings: readonly { readonly type: ChannelBindingType; readonly reason: string }[]
}

/** Each binding of a TLS connection with its data, or with the reason why it is not to be had. */
export function channelBindings(
  socket: TlsHandshake,
  options: ChannelBindingOptions,
  deno: string | undefined = DENO,
): ChannelBindings {
  const sources: readonly (readonly [ChannelBindingType, () => Octets])[] = [
    ['tls-exporter', () => tlsExporter(socket)],
    ['tls-unique', () => askedFor(options.tlsUnique, () => tlsUnique(socket, options.role, deno))],
    ['tls-server-end-point', () => tlsServerEndPoint(serverCertificate(socket, options, deno))],
  ]
  const available: ChannelBinding<Octets>[] = []
  const not: { type: ChannelBindingType; reason: string }[] = []
  for (const [type, read] of sources) {
    try {
      available.push({ type, data: read() })
    } catch (error) {
      if (!(error instanceof SaslError)) throw error
      // Only the certificate is ever parsed.
      const unread = error.reason === 'malformed'
      not.push({
        type,
        reason: unread ? `the server certificate cannot be read: ${error.message}` : error.message,
      })
    }
  }
  return { channelBindings: available, unavailableBindings: not }
}

function askedFor(asked: boolean | undefined, read: () => Octets): Octets {
  if (asked !== true) throw unavailable('switched off: tlsUnique: true offers it for TLS 1.2')
  return read()
}

function serverCertificate(
  socket: TlsHandshake,
  options: ChannelBindingOptions,
  deno: string | undefined,
): Uint8Array {
  if (options.role === 'client') {
    const certificate = peerCertificate(socket)
    if (!certificate) throw unavailable('the server sent no certificate')
    return certificate
  }
  if (options.serverCertificate) return given(options.serverCertificate)
  // Deno names the default one, whatever the server name indication chose.
  if (deno)
    throw unavailable(`Deno ${deno} does not tell which certificate was sent: pass it as serverCertificate`)
  const certificate = socket.getX509Certificate()
  if (!certificate) throw unavailable('the server has no certificate')
  return certificate.raw
}

/** The caller's own: what is wrong with it is the caller's fault, not the connection's. */
function given(certificate: Uint8Array): Uint8Array {
  try {
    signatureAlgorithmOf(certificate)
  } catch (cause) {
    throw new TypeError('serverCertificate is no certificate; pass its DER: new X509Certificate(pem).raw', {
      cause,
    })
  }
  return certificate
}
