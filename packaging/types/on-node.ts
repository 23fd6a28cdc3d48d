/** What compiles with Node's types: its sockets, its buffers as octets. */
import { readFile } from 'node:fs/promises'
import type { Socket } from 'node:net'
import {
  type ClientExchange,
  type Directory,
  type Octets,
  type SaslClient,
  type SaslServer,
  type ServerExchange,
  saslClient,
} from 'saslkit'
import {
  type AcceptedLogin,
  acceptLogin,
  connectionOf,
  type Login,
  login,
  passwdFileStore,
} from 'saslkit/node'
import * as smtp from 'saslkit/profiles/smtp'
import { directory } from 'saslkit/stores'

export async function octets(): Promise<readonly Octets[]> {
  return [Buffer.from('AGZvbw==', 'base64'), Buffer.alloc(16), await readFile('/dev/null')]
}

/** A protocol whose messages are octets. */
export function listen(socket: Socket, server: ServerExchange, client: ClientExchange): void {
  socket.on('data', (data: Buffer) => server.step(data))
  socket.on('data', async (data: Buffer) => socket.write(await client.challenge(data)))
}

/** Rows as drivers of databases give them. */
interface Row {
  readonly salt: Buffer
  readonly iterations: number
  readonly stored_key: Buffer
  readonly server_key: Buffer
}

export const fromRows = (find: (name: string) => Promise<Row>): Directory => ({
  async scramCredentials(authcid) {
    const { salt, iterations, stored_key: storedKey, server_key: serverKey } = await find(authcid)
    return { salt, iterations, storedKey, serverKey }
  },
})

export async function drive(socket: Socket, client: SaslClient, server: SaslServer): Promise<void> {
  const signal = AbortSignal.timeout(1)
  const loggedIn: Login = await login({ protocol: smtp, tls: 'starttls', socket, client, signal })
  const accepted: AcceptedLogin | undefined = await acceptLogin(socket, { protocol: smtp, server, signal })
  saslClient({ external: true }).select(['EXTERNAL'], connectionOf(socket, { role: 'client' }))
  directory(await passwdFileStore('users'), { decoySecret: Buffer.alloc(16) })
  // @ts-expect-error: the profile itself, not its name
  await login({ protocol: 'smtp', tls: 'starttls', socket, client })
  // @ts-expect-error: whether there is TLS has to be said
  await login({ protocol: smtp, socket, client })
  void [loggedIn, accepted]
}
