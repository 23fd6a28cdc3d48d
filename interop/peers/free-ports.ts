import { createServer, type Server } from 'node:net'
import { promisify } from 'node:util'

/**
 * Ports of the loopback interface that nobody listens on. Somebody may by the time they are used: for a program that
 * cannot be given port 0 there is no better way.
 */
export async function freePorts(count: number): Promise<number[]> {
  const servers = Array.from({ length: count }, () => createServer())
  const ports = await Promise.all(servers.map(listening))
  await Promise.all(servers.map((server) => promisify(server.close.bind(server))()))
  return ports
}

const listening = (server: Server): Promise<number> =>
  new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      if (address && typeof address === 'object') resolve(address.port)
    })
  })
