// A server with a certificate, a port that is free, and a client that comes as soon as somebody listens there.
import { once } from 'node:events'
import { type AddressInfo, createServer, type Socket } from 'node:net'
import { memoryDirectory, type SaslServer, saslClient, saslServer } from 'saslkit'
import { login } from 'saslkit/node'
import * as protocol from 'saslkit/profiles/smtp'
import { makeCertificates } from '../../examples/mail-front/certificates.ts'

export const { key, cert }: { key: string; cert: string } = (await makeCertificates()).server

const tim = { authcid: 'tim', password: 'tanstaaftanstaaf' }
export const server: SaslServer = saslServer({
  directory: await memoryDirectory([tim]),
  decoySecret: new Uint8Array(16),
})

const probe = createServer().listen(0)
await once(probe, 'listening')
export const { port } = probe.address() as AddressInfo
probe.close()
await once(probe, 'close')

export function serveMail(socket: Socket, name: string): void {
  socket.end('221 2.0.0 Bye\r\n', () => process.exit(name === 'tim' ? 0 : 1))
}

setImmediate(() =>
  login({
    protocol,
    host: 'localhost',
    port,
    tls: 'starttls',
    client: saslClient(tim),
    tlsOptions: { ca: cert },
  }),
)
