/** A server on the loopback interface, on drivers, under one signal that lives as long as it does. */
import { once } from 'node:events'
import { type AddressInfo, createServer, type Socket } from 'node:net'
import { memoryDirectory, saslServer } from 'saslkit'
import { acceptLogin } from 'saslkit/node'
import type { LineProfile } from 'saslkit/profiles/imap'
import { PROFILES } from './profiles.ts'

export interface Front {
  readonly protocol: LineProfile
  readonly port: number
  readonly counts: { accepted: number; loggedIn: number; refused: number; thrown: number }
  /** When all connections that were accepted have come to their end. */
  idle(): Promise<void>
  close(): Promise<void>
}

const accounts = [{ authcid: 'tim', password: 'tanstaaftanstaaf' }]
const directory = await memoryDirectory(accounts, { iterations: 4096 })
const server = saslServer({ directory, decoySecret: new Uint8Array(32) })

/** One for each profile. */
export const fronts = (signal: AbortSignal): Promise<Front[]> =>
  Promise.all(Object.values(PROFILES).map((protocol) => front(protocol, signal)))

async function front(protocol: LineProfile, signal: AbortSignal): Promise<Front> {
  const counts = { accepted: 0, loggedIn: 0, refused: 0, thrown: 0 }
  const sockets = new Set<Socket>()
  const visits = new Set<Promise<void>>()

  const serve = async (socket: Socket): Promise<void> => {
    const onRefused = () => {
      counts.refused++
    }
    const accepted = await acceptLogin(socket, { protocol, server, signal, onRefused, refusalDelay: 0 })
    if (!accepted) return
    counts.loggedIn++
    accepted.socket
      .on('error', () => {})
      .end(protocol.writeNotice('closing', { tag: '', hostname: 'mail.example' }))
    accepted.socket.resume()
  }

  const listener = createServer({ noDelay: true }, (socket) => {
    counts.accepted++
    sockets.add(socket)
    socket.on('close', () => sockets.delete(socket))
    const visit = serve(socket)
      .catch(() => {
        counts.thrown++
      })
      .finally(() => visits.delete(visit))
    visits.add(visit)
  })
  listener.listen(0, '127.0.0.1', 4096)
  await once(listener, 'listening')
  const gone = async (): Promise<void> => {
    await Promise.all(visits)
    await Promise.all(
      [...sockets].map((socket) => !socket.destroyed && once(socket, 'close').catch(() => {})),
    )
  }
  return {
    protocol,
    port: (listener.address() as AddressInfo).port,
    counts,
    idle: gone,
    async close() {
      for (const socket of sockets) socket.destroy()
      listener.close()
      await once(listener, 'close')
    },
  }
}
