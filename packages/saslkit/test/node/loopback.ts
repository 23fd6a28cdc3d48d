/** Two ends of one connection on the loopback interface. */
import { once } from 'node:events'
import {
  type AddressInfo,
  connect as connectTcp,
  createServer as createTcpServer,
  type Server,
  type Socket,
} from 'node:net'
import { type ConnectionOptions, connect, createServer, type TLSSocket, type TlsOptions } from 'node:tls'

export interface Ends<S extends Socket> {
  readonly client: S
  readonly server: S
}

export interface TlsEnds extends Ends<TLSSocket> {
  /** One to resume; never settled where the server gives none. */
  readonly session: Promise<Buffer>
}

export interface PlainLoopback extends Ends<Socket> {
  readonly listener: Server
  /** Not for sockets that TLS was put upon: to destroy one from below crashes Node 24.21. */
  close(): void
}

export const portOf = (server: Server): number => (server.address() as AddressInfo).port

/**
 * From the start: what a test does to one end may reset the other, and of a client's certificate with a bad signature Node
 * tells twice, the second time as an error of the server's socket, which lives on. Node 20.19.0 is quicker to than others.
 */
function outliveErrors(socket: Socket): void {
  socket.on('error', () => {})
}

/** A TLS server that stays for several connections. */
export class TlsLoopback {
  readonly server: ReturnType<typeof createServer>
  readonly #sockets: Socket[] = []

  private constructor(options: TlsOptions) {
    this.server = createServer(options)
    this.server.on('secureConnection', outliveErrors)
  }

  static async listen(options: TlsOptions): Promise<TlsLoopback> {
    const loopback = new TlsLoopback(options)
    loopback.server.listen(0, '127.0.0.1')
    await once(loopback.server, 'listening')
    return loopback
  }

  async connect(options: ConnectionOptions = {}): Promise<TlsEnds> {
    const secured = once(this.server, 'secureConnection')
    const client = connect({
      host: '127.0.0.1',
      port: portOf(this.server),
      servername: 'localhost',
      rejectUnauthorized: false,
      ...options,
    })
    outliveErrors(client)
    this.#sockets.push(client)
    const session = new Promise<Buffer>((resolve) => client.once('session', resolve))
    const [[server]] = (await Promise.all([secured, once(client, 'secureConnect')])) as [[TLSSocket], unknown]
    this.#sockets.push(server)
    // Sessions of TLS 1.3 come with what the client reads.
    client.resume()
    return { client, server, session }
  }

  close(): void {
    for (const socket of this.#sockets) socket.destroy()
    this.server.close()
  }
}

/** A plain connection: to a port, or to a path of the file system. */
export async function plainLoopback(path?: string): Promise<PlainLoopback> {
  const listener = createTcpServer()
  if (path === undefined) listener.listen(0, '127.0.0.1')
  else listener.listen(path)
  await once(listener, 'listening')
  const accepted = once(listener, 'connection')
  const client = path === undefined ? connectTcp(portOf(listener), '127.0.0.1') : connectTcp(path)
  const [[server]] = (await Promise.all([accepted, once(client, 'connect')])) as [[Socket], unknown]
  const close = () => {
    client.destroy()
    server.destroy()
    listener.close()
  }
  return { client, server, listener, close }
}
