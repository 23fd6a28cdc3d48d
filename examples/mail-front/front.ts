import { type AddressInfo, createServer, type Server, type Socket } from 'node:net'
import { createInterface } from 'node:readline'
import { createServer as createTlsServer, type TlsOptions } from 'node:tls'
import type { SaslServer } from 'saslkit'
import { acceptLogin, type Refused } from 'saslkit/node'
import * as imap from 'saslkit/profiles/imap'
import * as pop3 from 'saslkit/profiles/pop3'
import * as smtp from 'saslkit/profiles/smtp'
import type { KeyAndCertificate } from './certificates.ts'
import { MAILBOXES } from './mailbox.ts'

export const PROTOCOLS = { SMTP: smtp, IMAP: imap, POP3: pop3 } as const
export type ProtocolName = keyof typeof PROTOCOLS
export type Transport = 'STARTTLS' | 'TLS'

export interface Front {
  /** Where each protocol is served, with STARTTLS and over TLS from the first octet on. */
  readonly ports: Readonly<Record<ProtocolName, Readonly<Record<Transport, number>>>>
  close(): Promise<void>
}

export interface FrontOptions {
  readonly server: SaslServer
  readonly certificate: KeyAndCertificate
  readonly onLogin?: (protocol: ProtocolName, mechanism: string, authcid: string) => void
  readonly onRefused?: (protocol: ProtocolName, refusal: Refused) => void
  /** Default 0: any ports that are free. */
  readonly firstPort?: number
}

/** A small mail front on loopback: it lets clients in, and has an empty mailbox for them. */
export async function startFront(options: FrontOptions): Promise<Front> {
  // Client certificates are asked for, not required: EXTERNAL is offered to those who showed one that verifies.
  const tls: TlsOptions = {
    ...options.certificate,
    ca: options.certificate.cert,
    requestCert: true,
    rejectUnauthorized: false,
  }
  const sockets = new Set<Socket>()
  const servers: Server[] = []
  const names = Object.keys(PROTOCOLS) as ProtocolName[]

  const listen = async (protocol: ProtocolName, transport: Transport): Promise<number> => {
    const visit = (socket: Socket) => void receive(protocol, socket, tls, options)
    const server = transport === 'TLS' ? createTlsServer(tls, visit) : createServer(visit)
    server.on('connection', (socket: Socket) => {
      sockets.add(socket)
      socket.on('error', () => socket.destroy()).on('close', () => sockets.delete(socket))
    })
    const port = options.firstPort ? options.firstPort + servers.length : 0
    servers.push(server)
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject)
      server.listen(port, '127.0.0.1', resolve)
    })
    return (server.address() as AddressInfo).port
  }

  const ports: [ProtocolName, Record<Transport, number>][] = []
  for (const name of names)
    ports.push([name, { STARTTLS: await listen(name, 'STARTTLS'), TLS: await listen(name, 'TLS') }])

  return {
    ports: Object.fromEntries(ports) as Front['ports'],
    async close() {
      const closed = servers.map((server) => new Promise((resolve) => server.close(resolve)))
      for (const socket of sockets) socket.destroy()
      await Promise.all(closed)
    },
  }
}

async function receive(
  protocol: ProtocolName,
  socket: Socket,
  tls: TlsOptions,
  { server, onLogin, onRefused }: FrontOptions,
): Promise<void> {
  const accepted = await acceptLogin(socket, {
    protocol: PROTOCOLS[protocol],
    server,
    tls,
    signal: AbortSignal.timeout(120_000),
    onRefused: (refusal) => onRefused?.(protocol, refusal),
  })
  if (!accepted) return
  onLogin?.(protocol, accepted.mechanism, accepted.identity.authcid)
  const respond = MAILBOXES[protocol]()
  accepted.socket.on('error', () => accepted.socket.destroy())
  createInterface({ input: accepted.socket, crlfDelay: Number.POSITIVE_INFINITY }).on('line', (line) => {
    const { reply, over } = respond(line)
    if (over) accepted.socket.end(reply)
    else accepted.socket.write(reply)
  })
}
