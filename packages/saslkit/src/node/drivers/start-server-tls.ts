import type { Socket } from 'node:net'
import { createServer, type TLSSocket, type TlsOptions } from 'node:tls'

/** One TLS server for each set of options, which never listens: connections are handed to it. */
interface Upgrades {
  /** Begins, and gives what ends the wait for it. */
  begin(socket: Socket, done: (secured: TLSSocket) => void): () => void
  /** How many handshakes have begun and come to nothing yet. */
  waiting(): number
}

const upgrades = new WeakMap<TlsOptions, Upgrades>()

/** @throws what `tls.createServer` throws for options that cannot be used. */
export function upgradesWith(options: TlsOptions): Upgrades {
  const known = upgrades.get(options)
  if (known) return known
  const made = makeUpgrades(options)
  upgrades.set(options, made)
  return made
}

/**
 * Only a `tls.Server` verifies client certificates. It tells of a finished handshake without naming the socket below,
 * which is found again by the addresses of its two ends.
 */
function makeUpgrades(options: TlsOptions): Upgrades {
  const waiting = new Map<string, (secured: TLSSocket) => void>()
  const server = createServer(options, (secured) => {
    const done = waiting.get(ends(secured))
    if (done) done(secured)
    else secured.destroy()
  })
  server.on('tlsClientError', (_, broken) => broken.destroy())
  return {
    begin(socket, done) {
      const key = ends(socket)
      waiting.set(key, done)
      server.emit('connection', socket)
      return () => waiting.delete(key)
    },
    waiting: () => waiting.size,
  }
}

const ends = ({ localAddress, localPort, remoteAddress, remotePort }: Socket): string =>
  [localAddress, localPort, remoteAddress, remotePort].join(' ')

/**
 * Begins TLS on an accepted socket. Undefined when it comes to no handshake: the client has gone, or cannot agree with
 * us. The socket is then destroyed.
 */
export function startServerTls(
  socket: Socket,
  options: TlsOptions,
  signal: AbortSignal,
): Promise<TLSSocket | undefined> {
  const all = upgradesWith(options)
  return new Promise((resolve) => {
    let forget: (() => unknown) | undefined
    const settle = (secured: TLSSocket | undefined) => {
      forget?.()
      signal.removeEventListener('abort', give)
      socket.off('close', give)
      if (!secured) socket.destroy()
      resolve(secured)
    }
    const give = () => settle(undefined)

    socket.on('error', () => {}) // the socket above it tells
    socket.on('close', give)
    signal.addEventListener('abort', give)
    if (signal.aborted || socket.destroyed) give()
    else forget = all.begin(socket, settle)
  })
}
