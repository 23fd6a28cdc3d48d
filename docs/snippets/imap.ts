// An IMAP server, and a socket that is connected to it.
import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'
import { memoryDirectory, saslServer } from 'saslkit'
import { acceptLogin } from 'saslkit/node'
import * as protocol from 'saslkit/profiles/imap'

const server = saslServer({
  directory: await memoryDirectory([{ authcid: 'tim', password: 'tanstaaftanstaaf' }]),
  decoySecret: new Uint8Array(16),
})
const listener = createServer(async (theirs) => {
  const login = await acceptLogin(theirs, { protocol, server })
  login?.socket.end()
  listener.close()
}).listen(0, '127.0.0.1')
await once(listener, 'listening')
export const socket: Socket = connect((listener.address() as AddressInfo).port, '127.0.0.1')
await once(socket, 'connect')
