import type { TLSSocket } from 'node:tls'

/** Which end of the TLS connection this is: channel bindings differ by it. */
export type Role = 'client' | 'server'

/** What the bindings read of a TLS socket whose handshake is complete. */
export type TlsHandshake = Pick<
  TLSSocket,
  | 'getProtocol'
  | 'exportKeyingMaterial'
  | 'getFinished'
  | 'getPeerFinished'
  | 'isSessionReused'
  | 'getSession'
  | 'disableRenegotiation'
  | 'getX509Certificate'
  | 'getPeerCertificate'
>

/** Its version, under Deno: some functions of its node:tls answer with made-up values (2.9.6). */
export const DENO: string | undefined = process.versions.deno
