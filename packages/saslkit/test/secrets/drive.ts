/** One login between our two drivers, and all that either has to say of it. */
import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Server } from 'node:net'
import { type ConnectionOptions, createServer as createTlsServer, type TlsOptions } from 'node:tls'
import { saslClient } from '../../src/negotiation/client.js'
import type { MechanismName } from '../../src/negotiation/mechanism-name.js'
import { saslServer } from '../../src/negotiation/server.js'
import { acceptLogin, login } from '../../src/node/index.js'
import type { LineProfile } from '../../src/profiles/line-profile.js'
import { authority, serverTls } from '../node/driver-ends.js'
import { cn, name, rfc822Name } from '../node/make-certificate.js'
import { DECOY_SECRET, directory } from './accounts.js'
import type { DriverRow } from './driver-rows.js'
import { inProtest } from './in-protest.js'

/** For EXTERNAL: who has a certificate is asked for it, and nobody has to. */
const listening: TlsOptions = { ...serverTls, requestCert: true, rejectUnauthorized: false }
const tlsOptions: ConnectionOptions = {
  ca: authority.certificate,
  ...authority.issue({ subject: name(cn('user')), names: [rfc822Name('user')] }),
}

export interface Said {
  readonly client: unknown
  readonly server: unknown
  readonly refused: readonly unknown[]
}

export async function drive(
  protocol: LineProfile,
  mechanism: MechanismName,
  row: DriverRow,
  look: (said: Said) => void,
): Promise<void> {
  const policy = { mechanisms: [mechanism] }
  const server = saslServer({ directory, decoySecret: DECOY_SECRET, ...row.server, policy })
  const { tls = 'starttls' } = row
  const refused: unknown[] = []
  let accepted: Promise<unknown> | undefined
  const accept = (socket: Parameters<typeof acceptLogin>[0]) => {
    accepted = inProtest(() =>
      acceptLogin(socket, {
        protocol,
        server,
        ...(tls === 'starttls' && { tls: listening }),
        maxFailures: 2,
        refusalDelay: 0,
        onRefused: (refusal) => {
          refused.push(refusal)
        },
      }),
    )
    socket.on('error', () => {})
  }
  const listener: Server = tls === 'implicit' ? createTlsServer(listening, accept) : createServer(accept)
  listener.listen(0, '127.0.0.1')
  await once(listener, 'listening')
  const socket = connect((listener.address() as AddressInfo).port, '127.0.0.1')
  await once(socket, 'connect')
  const ending = new AbortController()
  // With TLS there are more octets than these before anything is said; enough to stop at several places.
  const watched = setInterval(() => {
    if (row.abortAt !== undefined && socket.bytesWritten >= row.abortAt) ending.abort(new Error('enough'))
  }, 1)
  const client = await inProtest(() =>
    login({
      protocol,
      socket,
      tls,
      host: 'localhost',
      tlsOptions,
      client: saslClient(row.credentials, policy),
      signal: ending.signal,
    }),
  )
  clearInterval(watched)
  if (client instanceof Error) socket.destroy()
  const ends = { client, server: await accepted }
  try {
    look({ ...ends, refused })
  } finally {
    for (const end of Object.values(ends)) (end as { socket?: { destroy(): void } })?.socket?.destroy()
    socket.destroy()
    listener.close()
  }
}
