/** Clients of all manners: those that log in, those that go, half or whole, and those that break off. */
import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { type SaslClient, saslClient } from 'saslkit'
import { login } from 'saslkit/node'
import * as imap from 'saslkit/profiles/imap'

export type Visitor = (port: number, signal: AbortSignal) => Promise<void>

const client: SaslClient = saslClient(
  { authcid: 'tim', password: 'tanstaaftanstaaf' },
  { keyCache: new Map() },
)
const FIRST = Buffer.from('n,,n=tim,r=fyko+d2lbbFgONRv9qkxdawL').toString('base64')

export async function connected(port: number): Promise<Socket> {
  const socket = connect(port, '127.0.0.1')
  socket.on('error', () => {})
  await once(socket, 'connect')
  return socket
}

async function closed(socket: Socket): Promise<void> {
  socket.resume()
  if (!socket.closed) await once(socket, 'close')
}

/** Hears the greeting, then says a line, and hears what comes of it. */
async function saying(port: number, line: string): Promise<Socket> {
  const socket = await connected(port)
  await once(socket, 'data')
  socket.write(line)
  await once(socket, 'data')
  return socket
}

const midway = (port: number) => saying(port, `a1 AUTHENTICATE SCRAM-SHA-256 ${FIRST}\r\n`)

export const VISITORS: Readonly<Record<string, Visitor>> = {
  async 'logs in'(port, signal) {
    const { socket } = await login({ protocol: imap, client, tls: 'none', host: '127.0.0.1', port, signal })
    socket.on('error', () => {})
    socket.end()
    await closed(socket)
  },
  async 'is refused'(port, signal) {
    const wrong = saslClient({ authcid: 'nobody', password: 'wrong' })
    await login({ protocol: imap, client: wrong, tls: 'none', host: '127.0.0.1', port, signal }).catch(
      () => {},
    )
  },
  async 'aborts its login'(port) {
    const own = new AbortController()
    const going = login({ protocol: imap, client, tls: 'none', host: '127.0.0.1', port, signal: own.signal })
    setImmediate(() => own.abort(new Error('enough')))
    await going.then(({ socket }) => socket.destroy()).catch(() => {})
  },
  async 'goes before the greeting'(port) {
    ;(await connected(port)).destroy()
  },
  async 'closes its half after the greeting'(port) {
    const socket = await connected(port)
    await once(socket, 'data')
    socket.end()
    await closed(socket)
  },
  async 'closes its half in the midst'(port) {
    const socket = await midway(port)
    socket.end()
    await closed(socket)
  },
  async 'resets in the midst'(port) {
    ;(await midway(port)).resetAndDestroy()
  },
  async 'resets with half a line'(port) {
    const socket = await connected(port)
    socket.write('a1 AUTHENTI')
    await once(socket, 'data')
    socket.resetAndDestroy()
  },
  async 'says *'(port) {
    const socket = await midway(port)
    socket.write('*\r\n')
    await once(socket, 'data')
    socket.end()
    await closed(socket)
  },
  async 'talks nonsense'(port) {
    const socket = await saying(port, '\0\0\0\r\n')
    await closed(socket.end())
  },
  async 'never ends its line'(port) {
    const socket = await connected(port)
    await once(socket, 'data')
    socket.write('x'.repeat(100_000))
    await closed(socket)
    socket.destroy()
  },
}
