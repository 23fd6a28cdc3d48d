import type { Socket } from 'node:net'
import { SaslError } from '../../errors.js'

/**
 * Waits for a socket's event. Where an error, the end of the connection or the signal come first, the socket is
 * destroyed, and the promise rejects: with what `fail` makes of it, and as `aborted` for the signal.
 */
export function settled<S extends Socket>(
  socket: S,
  event: 'connect' | 'secureConnect',
  signal: AbortSignal,
  fail: (cause: Error | undefined) => Error,
): Promise<S> {
  return new Promise((resolve, reject) => {
    const done = () => {
      stop()
      resolve(socket)
    }
    const give = (error: Error) => {
      stop()
      socket.on('error', () => {}) // what comes now is of the same cause
      socket.destroy()
      reject(error)
    }
    const broken = (cause: Error) => give(fail(cause))
    const closed = () => give(fail(undefined))
    const aborted = () =>
      give(
        new SaslError('aborted', `the login was aborted, waiting for ${AWAITED[event]}`, {
          cause: signal.reason,
        }),
      )

    function stop(): void {
      socket.off(event, done)
      socket.off('error', broken)
      socket.off('close', closed)
      signal.removeEventListener('abort', aborted)
    }

    socket.on(event, done)
    socket.on('error', broken)
    socket.on('close', closed)
    signal.addEventListener('abort', aborted)
    if (signal.aborted) aborted()
  })
}

const AWAITED = { connect: 'the connection', secureConnect: 'the TLS handshake' } as const
