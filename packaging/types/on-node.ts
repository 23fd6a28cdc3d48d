/** What compiles with Node's types: its sockets, its buffers as octets. */
import { readFile } from 'node:fs/promises'
import type { Socket } from 'node:net'
import { type Octets, type SaslClient, type SaslServer, saslClient } from 'saslkit'
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
