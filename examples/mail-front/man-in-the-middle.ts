import type { AddressInfo } from 'node:net'
import * as tls from 'node:tls'
import type { KeyAndCertificate } from './certificates.ts'

export interface ManInTheMiddle {
  readonly port: number
  close(): void
}

/**
 * Stands between a client and an implicit-TLS server with a certificate that the client accepts, and passes on what it
 * reads; `change` sees what the server sends. Channel binding and the "y" flag of SCRAM are there to notice it.
 */
export async function manInTheMiddle(
  target: number,
  certificate: KeyAndCertificate,
  change: (fromServer: string) => string = (text) => text,
): Promise<ManInTheMiddle> {
  const sockets = new Set<tls.TLSSocket>()
  const server = tls.createServer(certificate, (victim) => {
    const upstream = tls.connect({ host: '127.0.0.1', port: target, rejectUnauthorized: false })
    for (const socket of [victim, upstream]) {
      sockets.add(socket)
      socket.on('error', () => socket.destroy()).on('close', () => sockets.delete(socket))
    }
    victim.pipe(upstream)
    upstream.on('data', (data) => victim.write(change(data.toString('latin1')), 'latin1'))
    upstream.on('end', () => victim.end())
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    port: (server.address() as AddressInfo).port,
    close() {
      server.close()
      for (const socket of sockets) socket.destroy()
    },
  }
}
