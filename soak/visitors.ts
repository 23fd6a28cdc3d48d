/** Clients of all manners: those that log in, those that go, half or whole, and those that break off. */
import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { type SaslClient, saslClient } from 'saslkit'
import { type Login, login } from 'saslkit/node'
import type { LineContext } from 'saslkit/profiles/imap'
import type { Front } from './front.ts'

/** Where a client goes, and what is spoken there. */
export type Place = Pick<Front, 'port' | 'protocol'>

export type Visitor = (place: Place, signal: AbortSignal) => Promise<void>

const client: SaslClient = saslClient(
  { authcid: 'tim', password: 'tanstaaftanstaaf' },
  { keyCache: new Map() },
)
const FIRST = Buffer.from('n,,n=tim,r=fyko+d2lbbFgONRv9qkxdawL')
const context: LineContext = { tag: 'a1', hostname: 'client.example' }

export async function connected({ port }: Pick<Place, 'port'>): Promise<Socket> {
  const socket = connect(port, '127.0.0.1')
  socket.on('error', () => {})
  await once(socket, 'connect')
  return socket
}

async function closed(socket: Socket): Promise<void> {
  socket.resume()
  if (!socket.closed) await once(socket, 'close')
}

/** Hears the greeting, then says each line, and hears what comes of it. */
async function saying(place: Place, ...lines: readonly string[]): Promise<Socket> {
  const socket = await connected(place)
  await once(socket, 'data')
  for (const line of lines) {
    socket.write(line)
    await once(socket, 'data')
  }
  return socket
}

/** The command that begins a login. */
const command = ({ protocol }: Place): string =>
  protocol.writeAuthenticateCommand('SCRAM-SHA-256', FIRST, context)

const midway = (place: Place): Promise<Socket> => {
  const hello = place.protocol.helloFirst ? [place.protocol.writeCapabilitiesCommand(context)] : []
  return saying(place, ...hello, command(place))
}

const toLogIn = ({ protocol, port }: Place, who: SaslClient, signal: AbortSignal): Promise<Login> =>
  login({ protocol, client: who, tls: 'none', host: '127.0.0.1', port, signal })

export const VISITORS: Readonly<Record<string, Visitor>> = {
  async 'logs in'(place, signal) {
    const { socket } = await toLogIn(place, client, signal)
    socket.on('error', () => {})
    socket.end()
    await closed(socket)
  },
  async 'is refused'(place, signal) {
    const wrong = saslClient({ authcid: 'nobody', password: 'wrong' })
    await toLogIn(place, wrong, signal).catch(() => {})
  },
  async 'aborts its login'(place) {
    const own = new AbortController()
    const going = toLogIn(place, client, own.signal)
    setImmediate(() => own.abort(new Error('enough')))
    await going.then(({ socket }) => socket.destroy()).catch(() => {})
  },
  async 'goes before the greeting'(place) {
    ;(await connected(place)).destroy()
  },
  async 'closes its half after the greeting'(place) {
    const socket = await connected(place)
    await once(socket, 'data')
    socket.end()
    await closed(socket)
  },
  async 'closes its half in the midst'(place) {
    const socket = await midway(place)
    socket.end()
    await closed(socket)
  },
  async 'resets in the midst'(place) {
    ;(await midway(place)).resetAndDestroy()
  },
  async 'resets with half a line'(place) {
    const socket = await connected(place)
    socket.write(command(place).slice(0, 10))
    await once(socket, 'data')
    socket.resetAndDestroy()
  },
  async 'says *'(place) {
    const socket = await midway(place)
    socket.write(place.protocol.writeCancel())
    await once(socket, 'data')
    socket.end()
    await closed(socket)
  },
  async 'talks nonsense'(place) {
    const socket = await saying(place, '\0\0\0\r\n')
    await closed(socket.end())
  },
  async 'never ends its line'(place) {
    const socket = await connected(place)
    await once(socket, 'data')
    socket.write('x'.repeat(100_000))
    await closed(socket)
    socket.destroy()
  },
}
